// Walks the text of one JSON object and notes where the members stand that routing, splicing and
// translating need. It builds no values: whoever wants one parses its part.
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from '../lib/json-signs.ts'
import { findAmbiguity } from './ambiguous-keys.ts'
import { closeOfNested, closeOfScalar, closeOfString, endOfScalar, endOfString, MessageRefused, notJson } from './json-grammar.ts'

export interface Range {
  start: number
  end: number
}

export interface Member {
  key: string
  /** Of the opening quote of the key; the member ends with its value. */
  start: number
  value: Range
}

export interface MessageOffsets {
  root: Range
  jsonrpc: Range | undefined
  id: Range | undefined
  method: Range | undefined
  params: Range | undefined
  result: Range | undefined
  error: Range | undefined
  /** Members of `params`: name, uri, progressToken, requestId are looked up here. */
  paramsMembers: readonly Member[]
  /** Members of `params._meta`. */
  metaMembers: readonly Member[]
  meta: Range | undefined
  /** Direct members of `result`. */
  resultMembers: readonly Member[]
}

const MAX_DEPTH = 64

type Role = 'root' | 'params' | 'meta' | 'result' | 'other'

export class JsonScanner {
  readonly #text: string
  readonly #strict: boolean
  readonly members: Record<Role, Member[] | undefined> & Record<'root' | 'params' | 'meta' | 'result', Member[]> = {
    root: [], params: [], meta: [], result: [], other: undefined,
  }

  /**
   * `text` is the message read as Latin-1, so that a character's index is its byte's offset. `strict`: all of it is valid
   * JSON, and no key can be taken for another; otherwise it is only located.
   */
  constructor(text: string, strict: boolean) {
    this.#text = text
    this.#strict = strict
  }

  scanRoot(): Range {
    const start = this.#skipSpace(0)
    if (start === this.#text.length) throw notJson()
    if (this.#text.charCodeAt(start) !== OPEN_OBJECT) throw new MessageRefused('The body must be one JSON-RPC message: a JSON object. Batches are not accepted.')
    const end = this.#object(start, 'root', 1)
    if (this.#skipSpace(end) !== this.#text.length) throw notJson()
    return { start, end }
  }

  #skipSpace(from: number): number {
    let at = from
    for (;;) {
      const code = this.#text.charCodeAt(at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at
      at++
    }
  }

  /** Each of these gives the index after what it read. */
  #value(at: number, role: Role, depth: number): number {
    const code = this.#text.charCodeAt(at)
    if (code === QUOTE) return this.#string(at)
    if (!this.#strict && role === 'other' && (code === OPEN_OBJECT || code === OPEN_ARRAY)) return closeOfNested(this.#text, at)
    if (code === OPEN_OBJECT) return this.#object(at, role, depth)
    if (code === OPEN_ARRAY) return this.#array(at, depth)
    return this.#strict ? endOfScalar(this.#text, at) : closeOfScalar(this.#text, at)
  }

  #string(at: number): number {
    return this.#strict ? endOfString(this.#text, at) : closeOfString(this.#text, at)
  }

  #array(start: number, depth: number): number {
    if (depth > MAX_DEPTH) throw tooDeep()
    let at = this.#skipSpace(start + 1)
    if (this.#text.charCodeAt(at) === CLOSE_ARRAY) return at + 1
    for (;;) {
      at = this.#skipSpace(this.#value(at, 'other', depth + 1))
      const code = this.#text.charCodeAt(at)
      if (code === CLOSE_ARRAY) return at + 1
      if (code !== COMMA) throw notJson()
      at = this.#skipSpace(at + 1)
    }
  }

  #object(start: number, role: Role, depth: number): number {
    if (depth > MAX_DEPTH) throw tooDeep()
    let at = this.#skipSpace(start + 1)
    if (this.#text.charCodeAt(at) === CLOSE_OBJECT) return at + 1
    const members = this.members[role]
    const keys: string[] = []
    for (;;) {
      const keyAt = at
      const keyEnd = this.#plainKey(keyAt)
      at = keyEnd < 0 ? this.#string(keyAt) : keyEnd
      const raw = this.#text.slice(keyAt + 1, at - 1)
      const key = keyEnd < 0 ? decodeKey(raw) : raw
      at = this.#skipSpace(at)
      if (this.#text.charCodeAt(at) !== COLON) throw notJson()
      const valueAt = this.#skipSpace(at + 1)
      at = this.#value(valueAt, roleOf(role, key), depth + 1)
      members?.push({ key, start: keyAt, value: { start: valueAt, end: at } })
      keys.push(key)
      at = this.#skipSpace(at)
      const code = this.#text.charCodeAt(at)
      if (code === CLOSE_OBJECT) break
      if (code !== COMMA) throw notJson()
      at = this.#skipSpace(at + 1)
    }
    const ambiguity = this.#strict ? findAmbiguity(role, keys) : undefined
    if (ambiguity) throw new MessageRefused(ambiguity)
    return at + 1
  }

  /** Nearly every key is plain ASCII: the index after its quote, or -1 for one that is not. */
  #plainKey(start: number): number {
    if (this.#text.charCodeAt(start) !== QUOTE) throw notJson()
    for (let at = start + 1; ; at++) {
      const code = this.#text.charCodeAt(at)
      if (code === QUOTE) return at + 1
      if (!(code >= 0x20 && code < 0x80) || code === BACKSLASH) return -1
    }
  }
}

const tooDeep = () => new MessageRefused(`The message nests deeper than ${MAX_DEPTH} levels.`)

function roleOf(parent: Role, key: string): Role {
  if (parent === 'root' && key === 'params') return 'params'
  if (parent === 'root' && key === 'result') return 'result'
  if (parent === 'params' && key === '_meta') return 'meta'
  return 'other'
}

/** Surrogates without a partner all become U+FFFD, as they do in parsers that keep UTF-8. */
function decodeKey(raw: string): string {
  try {
    const text = JSON.parse(`"${Buffer.from(raw, 'latin1').toString('utf8')}"`) as string
    return Buffer.from(text, 'utf8').toString('utf8')
  } catch {
    throw notJson()
  }
}

export function offsetsOf({ members }: JsonScanner, root: Range): MessageOffsets {
  const { params, meta, result } = members
  const offsets: MessageOffsets = {
    root, jsonrpc: undefined, id: undefined, method: undefined, params: undefined, result: undefined, error: undefined, meta: undefined,
    paramsMembers: params, metaMembers: meta, resultMembers: result,
  }
  for (const { key, value } of members.root) {
    switch (key) {
      case 'jsonrpc': offsets.jsonrpc = value; break
      case 'id': offsets.id = value; break
      case 'method': offsets.method = value; break
      case 'params': offsets.params = value; break
      case 'result': offsets.result = value; break
      case 'error': offsets.error = value
    }
  }
  for (const { key, value } of params) if (key === '_meta') offsets.meta = value
  return offsets
}
