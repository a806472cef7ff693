// What to start from when arguments are written as JSON: every argument that is required, empty or by its default.
import type { RJSFSchema } from '@rjsf/utils'
import { isObject } from './is-object.ts'

const MAX_DEPTH = 6

/** For a schema from `unfoldSchema`. */
export function sampleArguments(schema: RJSFSchema): Record<string, unknown> {
  const sample = sampleOf(schema, 0)
  return isObject(sample) ? sample : {}
}

function sampleOf(schema: unknown, depth: number): unknown {
  if (!isObject(schema) || depth > MAX_DEPTH) return null
  if (schema.default !== undefined) return schema.default
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'string') return ''
  if (type === 'number' || type === 'integer') return typeof schema.minimum === 'number' ? schema.minimum : 0
  if (type === 'boolean') return false
  if (type === 'array') return []
  return type === 'object' ? sampleObject(schema, depth) : null
}

function sampleObject({ properties, required }: Record<string, unknown>, depth: number): Record<string, unknown> {
  const names: unknown[] = Array.isArray(required) ? required : []
  const known = isObject(properties) ? Object.entries(properties) : []
  return Object.fromEntries(known.filter(([name]) => names.includes(name)).map(([name, inside]) => [name, sampleOf(inside, depth + 1)]))
}
