// A value's kind in a word or two, as it stands beside its name.
import type { RJSFSchema } from '@rjsf/utils'

export function describeType({ type, format, items, enum: choices, oneOf, anyOf, minimum, maximum }: RJSFSchema): string {
  if (choices) return 'choice'
  if (type === undefined) return oneOf || anyOf ? 'one of several' : 'any JSON'
  const [first = 'any JSON', ...others] = [type].flat().filter((name) => name !== 'null')
  if (others.length > 0) return [first, ...others].join(' or ')
  if (first === 'array') return typeof items === 'object' && !Array.isArray(items) && items.type ? `list of ${describeType(items)}` : 'list'
  if (first === 'string') return format ?? 'text'
  if (first === 'number' || first === 'integer') return [first === 'integer' ? 'whole number' : 'number', describeRange(minimum, maximum)].filter(Boolean).join(' ')
  return first
}

function describeRange(minimum: number | undefined, maximum: number | undefined): string | undefined {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`
  if (minimum !== undefined) return `from ${minimum}`
  return maximum === undefined ? undefined : `to ${maximum}`
}
