// A stranger's JSON Schema as a form can stand on it: a finite tree of known keywords. References are written out,
// so that a loop of them ends where it closes; what would be too deep or too much is said, never attempted.
import type { RJSFSchema } from '@rjsf/utils'
import { isObject } from './is-object.ts'
import { plainKeywords, schemaKeywords } from './json-schema-keywords.ts'

export type UnfoldedSchema = { schema: RJSFSchema; reason?: undefined } | { schema?: undefined; reason: string }

const MAX_NODES = 1_500
/** Boxes inside boxes beyond this are edited as JSON. */
const MAX_DEPTH = 12
const MAX_NAMES = 500

interface Place {
  depth: number
  /** References that are being written out, outermost first. */
  open: readonly string[]
}

/** `reason` is a sentence for the person who wanted a form. */
export function unfoldSchema(raw: unknown): UnfoldedSchema {
  if (!isObject(raw)) return { reason: 'The server describes no arguments for this tool.' }
  const copier = new SchemaCopier(raw)
  const schema = copier.copy(raw, { depth: 0, open: [] })
  if (copier.isTooLarge) return { reason: 'The arguments of this tool are described by more than a form can hold.' }
  if (schema.type !== undefined && schema.type !== 'object') return { reason: 'The server describes arguments that are not an object.' }
  return { schema: { ...schema, type: 'object' } }
}

class SchemaCopier {
  readonly #root: Record<string, unknown>
  #nodes = 0

  constructor(root: Record<string, unknown>) {
    this.#root = root
  }

  get isTooLarge(): boolean {
    return this.#nodes > MAX_NODES
  }

  copy(raw: unknown, place: Place): RJSFSchema {
    this.#nodes++
    // What is not a schema, and `true`, both say nothing about the value.
    if (!isObject(raw) || this.isTooLarge || place.depth > MAX_DEPTH) return {}
    if (typeof raw.$ref === 'string') return this.#copyReferred(raw, raw.$ref, place)
    const copied: RJSFSchema = {}
    for (const [keyword, read] of plainKeywords) {
      const value = Object.hasOwn(raw, keyword) ? read(raw[keyword]) : undefined
      if (value !== undefined) copied[keyword] = value
    }
    this.#nodes += copied.enum?.length ?? 0
    const inside = { ...place, depth: place.depth + 1 }
    for (const [keyword, kind] of schemaKeywords) {
      const value = Object.hasOwn(raw, keyword) ? this.#copyInside(raw[keyword], kind, inside) : undefined
      if (value !== undefined) copied[keyword] = value
    }
    // `items` then means the rest of the list only (JSON Schema 2020-12 §10.3.1.2), which no field of ours can show.
    if (Object.hasOwn(raw, 'prefixItems')) delete copied.items
    return joinNullable(copied)
  }

  #copyInside(raw: unknown, kind: 'one' | 'list' | 'named', place: Place): unknown {
    if (kind === 'one') return typeof raw === 'boolean' ? raw : isObject(raw) ? this.copy(raw, place) : undefined
    if (kind === 'list') return Array.isArray(raw) && raw.length > 0 ? raw.slice(0, MAX_NAMES).map((each) => this.copy(each, place)) : undefined
    if (!isObject(raw)) return undefined
    const named = Object.entries(raw).filter(([name]) => name !== '__proto__')
    if (named.length > MAX_NAMES) this.#nodes = Infinity
    return Object.fromEntries(named.slice(0, MAX_NAMES).map(([name, each]) => [name, this.copy(each, place)]))
  }

  /** What stands beside a `$ref` (JSON Schema 2020-12 §8.2.3.1) is mostly a title, and more exact than the target's. */
  #copyReferred(raw: Record<string, unknown>, ref: string, { depth, open }: Place): RJSFSchema {
    const beside = Object.fromEntries(Object.entries(raw).filter(([keyword]) => keyword !== '$ref'))
    const target = open.includes(ref) ? undefined : resolvePointer(this.#root, ref)
    const { title, description } = beside
    if (!isObject(target)) return this.copy({ title, description }, { depth: depth + 1, open })
    return this.copy({ ...target, ...beside }, { depth, open: [...open, ref] })
  }
}

/** `anyOf: [{type: string}, {type: null}]`, as many generators write what may be left out, is one field and no choice. */
function joinNullable({ anyOf, ...rest }: RJSFSchema): RJSFSchema {
  if (anyOf === undefined) return rest
  const real = anyOf.filter((option) => !isObject(option) || option.type !== 'null')
  const [only] = real
  if (real.length !== 1 || anyOf.length !== 2 || !isObject(only) || typeof only.type !== 'string' || only.enum) return { ...rest, anyOf }
  return { ...only, ...rest, type: [only.type, 'null'] } as RJSFSchema
}

/** RFC 6901 §6, inside this document only: a form fetches nothing. */
function resolvePointer(root: unknown, ref: string): unknown {
  if (ref !== '#' && !ref.startsWith('#/')) return undefined
  let found: unknown = root
  for (const part of ref.split('/').slice(1)) {
    const name = decodePart(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as Record<string, unknown>)[name]
  }
  return found
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
