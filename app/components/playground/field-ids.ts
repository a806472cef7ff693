// How the parts of a field are tied together: label, control, description, what is wrong.
import type { RJSFSchema } from '@rjsf/utils'

export const descriptionIdOf = (id: string): string => `${id}__description`
export const errorIdOf = (id: string): string => `${id}__error`

interface Described {
  id: string
  schema: RJSFSchema
  rawErrors?: string[] | undefined
}

/** What a control says about itself to a screen reader. */
export function describeControl({ id, schema, rawErrors = [] }: Described): { 'aria-describedby'?: string; 'aria-invalid'?: true } {
  const isWrong = rawErrors.length > 0
  const parts = [isWrong && errorIdOf(id), schema.description && descriptionIdOf(id)].filter(Boolean).join(' ')
  return { ...(parts && { 'aria-describedby': parts }), ...(isWrong && { 'aria-invalid': true }) }
}
