// What a validator found, as sentences beside fields: one for each cause, none for the boxes around it.
import type { OutputUnit } from '@cfworker/json-schema'
import type { RJSFSchema } from '@rjsf/utils'
import { isObject } from './is-object.ts'

export interface Violation {
  /** From the outermost object to the field; empty for the whole. */
  path: string[]
  message: string
}

/** Say that something inside is wrong, which is said there. */
const ENVELOPES = new Set(['properties', 'items', 'additionalProperties', 'allOf'])

type Sentence = (limit: unknown) => string

const plural = (count: unknown, one: string, many = `${one}s`) => `${String(count)} ${count === 1 ? one : many}`

const SENTENCES: ReadonlyMap<string, Sentence> = new Map<string, Sentence>([
  ['type', (types) => `Must be ${[types].flat().map(typeName).join(' or ')}.`],
  ['enum', () => 'Must be one of the choices.'],
  ['const', (value) => `Must be ${JSON.stringify(value)}.`],
  ['minLength', (least) => `Must have at least ${plural(least, 'character')}.`],
  ['maxLength', (most) => `Must have at most ${plural(most, 'character')}.`],
  ['pattern', (pattern) => `Must match ${String(pattern)}`],
  ['format', (format) => `Must be a valid ${String(format)}.`],
  ['minimum', (least) => `Must be at least ${String(least)}.`],
  ['maximum', (most) => `Must be at most ${String(most)}.`],
  ['exclusiveMinimum', (limit) => `Must be more than ${String(limit)}.`],
  ['exclusiveMaximum', (limit) => `Must be less than ${String(limit)}.`],
  ['multipleOf', (step) => `Must be a multiple of ${String(step)}.`],
  ['minItems', (least) => `Must have at least ${plural(least, 'item')}.`],
  ['maxItems', (most) => `Must have at most ${plural(most, 'item')}.`],
  ['minProperties', (least) => `Must have at least ${plural(least, 'property', 'properties')}.`],
  ['maxProperties', (most) => `Must have at most ${plural(most, 'property', 'properties')}.`],
  ['uniqueItems', () => 'Items must differ from each other.'],
  ['anyOf', () => 'Matches none of the alternatives.'],
  ['oneOf', () => 'Must match exactly one of the alternatives.'],
  ['not', () => 'Has a value that is ruled out.'],
])

const TYPE_NAMES = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['object', 'an object'],
  ['array', 'a list'],
  ['null', 'null'],
])
const typeName = (type: unknown) => TYPE_NAMES.get(String(type)) ?? String(type)

/** `schema` is the one that was checked against. */
export function describeViolations(schema: RJSFSchema, found: readonly OutputUnit[]): Violation[] {
  const choices = found.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  const violations = found.filter((unit) => !choices.some((choice) => isToldBy(choice, unit))).flatMap((unit) => describe(schema, unit))
  const seen = new Set<string>()
  return violations.filter(({ path, message }) => {
    const key = JSON.stringify([path, message])
    return !seen.has(key) && Boolean(seen.add(key))
  })
}

/** That a value has the wrong type for one alternative says nothing beyond "none of them". */
const isToldBy = (choice: OutputUnit, unit: OutputUnit) =>
  unit.keyword !== 'required' && unit.instanceLocation === choice.instanceLocation && unit.keywordLocation.startsWith(`${choice.keywordLocation}/`)

function describe(schema: RJSFSchema, { keyword, instanceLocation, keywordLocation, error }: OutputUnit): Violation[] {
  const path = readPointer(instanceLocation)
  if (keyword === 'required') {
    // The validator names the missing property only in its sentence.
    const missing = /required property "([\s\S]*)"\.$/.exec(error)?.[1]
    return [{ path: missing === undefined ? path : [...path, missing], message: 'Is required.' }]
  }
  if (keyword === 'false') return [{ path, message: 'Is not known to this tool.' }]
  if (ENVELOPES.has(keyword)) return []
  const sentence = SENTENCES.get(keyword)
  return [{ path, message: sentence ? sentence(valueAt(schema, readPointer(keywordLocation))) : 'Is not what the tool describes.' }]
}

/** RFC 6901 §6: a fragment, percent-encoded. */
const readPointer = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))

function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, name) => (isObject(inside) || Array.isArray(inside) ? (inside as Record<string, unknown>)[name] : undefined), root)
}
