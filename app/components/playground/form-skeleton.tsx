import type { RJSFSchema } from '@rjsf/utils'
import { Skeleton } from '../../ui/skeleton.tsx'

/** As tall as most forms of the schema, so that little moves when the form comes. */
export function FormSkeleton({ schema: { properties = {} } }: { schema: RJSFSchema }) {
  return (
    <div aria-hidden="true" className="grid gap-5">
      {Object.keys(properties).map((name) => (
        <div key={name} className="grid gap-1.5">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="h-9" />
        </div>
      ))}
    </div>
  )
}
