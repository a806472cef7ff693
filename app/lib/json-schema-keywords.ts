// The keywords of JSON Schema that a form uses, and what their values must be. Whatever else a stranger writes
// is left out, so nobody behind this table meets a `required` that is a number.

type Reader = (value: unknown) => unknown

const MAX_TEXT = 4_000
const MAX_CHOICES = 1_000
const MAX_PATTERN = 500
const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'])
/** Those that @cfworker/json-schema checks and that people can be told about in a word. */
const FORMATS = new Set(['date-time', 'date', 'time', 'email', 'uri', 'uuid', 'ipv4', 'ipv6', 'hostname'])

const text: Reader = (value) => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : undefined)
const number: Reader = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)
const count: Reader = (value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? value : undefined)
const positive: Reader = (value) => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined)
const flag: Reader = (value) => (typeof value === 'boolean' ? value : undefined)
const anything: Reader = (value) => value
const choices: Reader = (value) => (Array.isArray(value) && value.length > 0 && value.length <= MAX_CHOICES ? value : undefined)
const names: Reader = (value) => (Array.isArray(value) ? [...new Set(value.filter((name) => typeof name === 'string'))].slice(0, MAX_CHOICES) : undefined)
const format: Reader = (value) => (typeof value === 'string' && FORMATS.has(value) ? value : undefined)

const type: Reader = (value) => {
  if (typeof value === 'string') return TYPES.has(value) ? value : undefined
  const known = Array.isArray(value) ? [...new Set(value.filter((name) => TYPES.has(name)))] : []
  return known.length > 0 ? known : undefined
}

const pattern: Reader = (value) => {
  if (typeof value !== 'string' || value.length > MAX_PATTERN) return undefined
  try {
    new RegExp(value, 'u')
    return value
  } catch {
    return undefined
  }
}

/** Keywords whose value holds no schema. */
export const plainKeywords: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['type', type],
  ['title', text],
  ['description', text],
  ['format', format],
  ['pattern', pattern],
  ['default', anything],
  ['const', anything],
  ['enum', choices],
  ['examples', choices],
  ['required', names],
  ['minimum', number],
  ['maximum', number],
  ['exclusiveMinimum', number],
  ['exclusiveMaximum', number],
  ['multipleOf', positive],
  ['minLength', count],
  ['maxLength', count],
  ['minItems', count],
  ['maxItems', count],
  ['minProperties', count],
  ['maxProperties', count],
  ['uniqueItems', flag],
])

/** Keywords that hold one schema, a list of them, or schemas by name. */
export const schemaKeywords: ReadonlyMap<string, 'one' | 'list' | 'named'> = new Map([
  ['properties', 'named'],
  ['additionalProperties', 'one'],
  ['items', 'one'],
  ['anyOf', 'list'],
  ['oneOf', 'list'],
  ['allOf', 'list'],
  ['not', 'one'],
])
