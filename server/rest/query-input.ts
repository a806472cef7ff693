// From a query string to what a schema can look at: one value per name, and the two spellings of a
// metadata filter (`metadata.userId=x`, `metadata[userId]=x`) as one object.
import { invalidInput } from '../lib/app-error.ts'

const METADATA = /^metadata(?:\.(?<dotted>.+)|\[(?<bracketed>.+)\])$/s

function put(target: Record<string, unknown>, name: string, value: string, field: string): void {
  // Which of two values was meant is a guess, and a filter must not be guessed.
  if (Object.hasOwn(target, name)) throw invalidInput(field, 'is given twice')
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true })
}

export function readQuery(query: URLSearchParams): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  const metadata: Record<string, unknown> = {}
  for (const [name, value] of query) {
    const match = METADATA.exec(name)
    const key = match?.groups?.dotted ?? match?.groups?.bracketed
    if (key !== undefined) put(metadata, key, value, `metadata.${key}`)
    else put(input, name, value, name)
  }
  return Object.keys(metadata).length > 0 ? { ...input, metadata } : input
}

/** A misspelt filter would show more than was asked for, so unknown names are refused, with a hint where one helps. */
export function refuseUnknownQuery(input: Record<string, unknown>, known: ReadonlySet<string>): void {
  for (const name of Object.keys(input)) {
    if (known.has(name)) continue
    const hint = /^meta/i.test(name) ? '; filter by metadata with metadata.userId=123' : `; known are ${[...known].join(', ')}`
    throw invalidInput(name, `is not a query parameter here${hint}`)
  }
}
