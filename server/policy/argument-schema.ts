// Limits on a tool's arguments: a few keywords of JSON Schema, compiled into a check of our own. Closed on purpose.
// A keyword that one side knows and the other ignores would be a limit that is not there, so what is not listed here is
// refused, objects take no members that are not named, and a keyword about texts is never met by something else.
import { compilePattern, type Effort } from './pattern.ts'
import { isDeeperThan } from '../lib/json-depth.ts'
import { hasOwn, isJsonObject, isSameJson } from './json-value.ts'

export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object'

export interface ArgumentSchema {
  type?: SchemaType | SchemaType[]
  const?: unknown
  enum?: unknown[]
  properties?: Record<string, ArgumentSchema>
  required?: string[]
  /** False unless it says otherwise. */
  additionalProperties?: boolean
  items?: ArgumentSchema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  /** RE2 syntax, for the whole text. */
  pattern?: string
  minimum?: number
  maximum?: number
}

export type ArgumentCheck = (value: unknown, effort: Effort) => boolean

/** Why a schema is not one of ours, and where in it. */
export class SchemaRefused extends Error {
  override readonly name = 'SchemaRefused'
  readonly path: readonly string[]

  constructor(path: readonly string[], problem: string) {
    super(problem)
    this.path = path
  }
}

const MAX_DEPTH = 8
const MAX_BYTES = 2048
/** Of JSON: a schema in `properties` lies two levels below. */
const MAX_NESTING = 3 * MAX_DEPTH

const TYPES: Readonly<Record<SchemaType, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: (value) => Array.isArray(value),
  object: isJsonObject,
}
const isType = (value: unknown): value is SchemaType => typeof value === 'string' && hasOwn(TYPES, value)

/** Which type a keyword speaks of. */
const SUBJECTS = {
  properties: 'object',
  required: 'object',
  additionalProperties: 'object',
  items: 'array',
  minItems: 'array',
  maxItems: 'array',
  minLength: 'string',
  maxLength: 'string',
  pattern: 'string',
  minimum: 'number',
  maximum: 'number',
} as const
type Keyword = keyof typeof SUBJECTS
const isKeyword = (name: string): name is Keyword => hasOwn(SUBJECTS, name)

/** @throws SchemaRefused */
export function compileArgumentSchema(schema: unknown): ArgumentCheck {
  // Before it is written or descended into, which takes stack.
  if (isDeeperThan(MAX_NESTING, schema)) throw new SchemaRefused([], `nests deeper than ${MAX_DEPTH} schemas`)
  if (Buffer.byteLength(JSON.stringify(schema) ?? '') > MAX_BYTES) throw new SchemaRefused([], 'may be at most 2 KB of JSON')
  return compileAt([], schema, 1)
}

function compileAt(path: readonly string[], schema: unknown, depth: number): ArgumentCheck {
  if (!isJsonObject(schema)) throw new SchemaRefused(path, 'must be a schema: an object')
  if (depth > MAX_DEPTH) throw new SchemaRefused(path, `nests deeper than ${MAX_DEPTH} schemas`)
  const names = Object.keys(schema)
  if (names.length === 0) throw new SchemaRefused(path, 'says nothing; leave the tool out, or name a type')
  const unknown = names.find((name) => !isKeyword(name) && name !== 'type' && name !== 'const' && name !== 'enum')
  if (unknown !== undefined) throw new SchemaRefused([...path, unknown], 'is not a keyword that limits can use')
  const types = typesOf(path, schema, names.filter(isKeyword))
  const checks: ArgumentCheck[] = []
  if (types) checks.push((value) => types.some((type) => TYPES[type](value)))
  if (hasOwn(schema, 'const')) checks.push((value) => isSameJson(value, schema.const))
  if (hasOwn(schema, 'enum')) checks.push(compileEnum([...path, 'enum'], schema.enum))
  if (types?.includes('object')) checks.push(compileObject(path, schema, depth))
  if (types?.includes('array')) checks.push(compileArray(path, schema, depth))
  if (types?.includes('string')) checks.push(compileText(path, schema))
  if (types?.includes('number') || types?.includes('integer')) checks.push(compileNumber(path, schema))
  return (value, effort) => checks.every((check) => check(value, effort))
}

/** A keyword stands for its type if none is named. Nothing if `const` or `enum` alone say which values. */
function typesOf(path: readonly string[], schema: Record<string, unknown>, keywords: readonly Keyword[]): readonly SchemaType[] | undefined {
  const subjects = new Set<SchemaType>(keywords.map((keyword) => SUBJECTS[keyword]))
  if (!hasOwn(schema, 'type')) {
    if (subjects.size > 1) throw new SchemaRefused([...path, 'type'], 'is required where keywords speak of several types')
    return subjects.size === 0 ? undefined : [...subjects]
  }
  const types: unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type]
  if (types.length === 0 || !types.every(isType)) throw new SchemaRefused([...path, 'type'], `must be one or more of ${Object.keys(TYPES).join(', ')}`)
  const covers = (subject: SchemaType) => types.includes(subject) || (subject === 'number' && types.includes('integer'))
  const stray = keywords.find((keyword) => !covers(SUBJECTS[keyword]))
  if (stray !== undefined) throw new SchemaRefused([...path, stray], `speaks of another type than the one that is named`)
  return types
}

function compileEnum(path: readonly string[], values: unknown): ArgumentCheck {
  if (!Array.isArray(values) || values.length === 0) throw new SchemaRefused(path, 'must be a list of values')
  return (value) => values.some((each) => isSameJson(value, each))
}

function compileObject(path: readonly string[], schema: Record<string, unknown>, depth: number): ArgumentCheck {
  const { properties = {}, required = [], additionalProperties = false } = schema
  if (!isJsonObject(properties)) throw new SchemaRefused([...path, 'properties'], 'must be an object of schemas')
  if (!Array.isArray(required) || !required.every((name) => typeof name === 'string')) throw new SchemaRefused([...path, 'required'], 'must be a list of names')
  if (typeof additionalProperties !== 'boolean') throw new SchemaRefused([...path, 'additionalProperties'], 'must be true or false')
  const members = new Map(Object.entries(properties).map(([name, member]) => [name, compileAt([...path, 'properties', name], member, depth + 1)]))
  return (value, effort) => {
    if (!isJsonObject(value)) return true
    if (!required.every((name: string) => hasOwn(value, name))) return false
    return Object.keys(value).every((name) => members.get(name)?.(value[name], effort) ?? additionalProperties)
  }
}

function compileArray(path: readonly string[], schema: Record<string, unknown>, depth: number): ArgumentCheck {
  const inBounds = compileBounds(path, schema, ['minItems', 'maxItems'])
  const item = hasOwn(schema, 'items') ? compileAt([...path, 'items'], schema.items, depth + 1) : undefined
  return (value, effort) => !Array.isArray(value) || (inBounds(value.length) && (!item || value.every((each) => item(each, effort))))
}

function compileText(path: readonly string[], schema: Record<string, unknown>): ArgumentCheck {
  const inBounds = compileBounds(path, schema, ['minLength', 'maxLength'])
  const pattern = typeof schema.pattern === 'string' ? compilePattern(schema.pattern) : undefined
  if (hasOwn(schema, 'pattern') && !pattern) throw new SchemaRefused([...path, 'pattern'], 'is not a pattern in RE2 syntax, or too large')
  return (value, effort) => typeof value !== 'string' || (inBounds(characters(value)) && (!pattern || pattern.matches(value, effort)))
}

function compileNumber(path: readonly string[], schema: Record<string, unknown>): ArgumentCheck {
  const inBounds = compileBounds(path, schema, ['minimum', 'maximum'])
  return (value) => typeof value !== 'number' || inBounds(value)
}

function compileBounds(path: readonly string[], schema: Record<string, unknown>, [low, high]: readonly [Keyword, Keyword]): (size: number) => boolean {
  const [least = -Infinity, most = Infinity] = [low, high].map((keyword) => {
    const bound = schema[keyword]
    if (bound !== undefined && (typeof bound !== 'number' || !Number.isFinite(bound))) throw new SchemaRefused([...path, keyword], 'must be a number')
    return bound
  })
  return (size) => size >= least && size <= most
}

/** Code points, as JSON Schema counts (validation §6.3). */
function characters(text: string): number {
  let count = 0
  for (const _character of text) count++
  return count
}
