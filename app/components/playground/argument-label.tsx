import type { RJSFSchema } from '@rjsf/utils'
import { describeType } from '../../lib/describe-type.ts'
import { descriptionIdOf, errorIdOf } from './field-ids.ts'

interface ArgumentLabelProps {
  /** As the tool calls it. */
  name: string
  schema: RJSFSchema
  required: boolean
}

/** The name to send, what kind of value it is, and whether it may be left out. */
export function ArgumentLabel({ name, schema, required }: ArgumentLabelProps) {
  return (
    <>
      <span className="font-mono text-code font-medium wrap-anywhere">{name}</span> <span className="text-small font-normal text-muted">{describeType(schema)}</span>
      {required && <span className="text-small font-normal text-muted">, required</span>}
    </>
  )
}

/** What the server says of the argument (the schema has all of it, however long), and what is wrong with it now. */
export function ArgumentNotes({ id, schema, errors = [] }: { id: string; schema: RJSFSchema; errors?: string[] | undefined }) {
  return (
    <>
      {errors.length > 0 && (
        <p id={errorIdOf(id)} className="text-small text-bad-ink wrap-anywhere">
          {errors.join(' ')}
        </p>
      )}
      {schema.description && (
        <p id={descriptionIdOf(id)} className="line-clamp-6 text-small whitespace-pre-line text-muted wrap-anywhere">
          {schema.description}
        </p>
      )}
    </>
  )
}
