import type { RJSFSchema } from '@rjsf/utils'
import { lazy, Suspense } from 'react'
import { useHydrated } from '../../lib/use-hydrated.ts'
import { Notice } from '../../ui/notice.tsx'
import { FormBoundary } from './form-boundary.tsx'
import { FormSkeleton } from './form-skeleton.tsx'
import type { Arguments } from './use-arguments.ts'

/** The form library is as large as the rest of the page, so it comes by itself, when there is a form to show. */
const SchemaForm = lazy(async () => ({ default: (await import('./schema-form.tsx')).SchemaForm }))

interface FormTabProps {
  id: string
  schema: RJSFSchema | undefined
  /** Why there is no form. */
  reason: string | undefined
  given: Arguments
  onSubmit: (value: Record<string, unknown>) => void
}

const takesNothing = ({ properties = {}, oneOf, anyOf, allOf, additionalProperties }: RJSFSchema) =>
  Object.keys(properties).length === 0 && !oneOf && !anyOf && !allOf && !additionalProperties

export function FormTab({ id, schema, reason, given, onSubmit }: FormTabProps) {
  const isHydrated = useHydrated()
  if (!schema) return <Notice tone="info">{reason} Write the arguments as JSON instead.</Notice>
  const fallback = <Notice tone="info">This tool’s schema cannot be shown as a form. Write the arguments as JSON instead.</Notice>
  const skeleton = <FormSkeleton schema={schema} />
  return (
    <FormBoundary fallback={fallback}>
      {takesNothing(schema) && <p className="text-muted">This tool takes no arguments.</p>}
      {given.problem !== undefined && (
        <div className="mb-4">
          <Notice tone="warn">The JSON is not complete. The form shows what it said before.</Notice>
        </div>
      )}
      {isHydrated ? (
        <Suspense fallback={skeleton}>
          <SchemaForm id={id} schema={schema} value={given.value} onChange={given.setValue} onSubmit={onSubmit} />
        </Suspense>
      ) : (
        skeleton
      )}
    </FormBoundary>
  )
}
