// Walks the text of one JSON object and notes where the members stand that routing, splicing and
// translating need. It does not build values: `JSON.parse` does, and faster.
import { findAmbiguity } from './ambiguous-keys.ts'

export interface Range {
  start: number
  end: number
}

export interface Member {
  key: string
  /** From the opening quote of the key to the end of the value. */
  member: Range
  value: Range
}

export interface MessageOffsets {
  root: Range
  id?: Range
  method?: Range
  params?: Range
  result?: Range
  error?: Range
  /** Members of `params`: name, uri, progressToken, requestId are looked up here. */
  paramsMembers: readonly Member[]
  /** Members of `params._meta`. */
  metaMembers: readonly Member[]
  meta?: Range
  /** Direct members of `result`. */
  resultMembers: readonly Member[]
}

export class MessageRefused extends Error {
  override readonly name = 'MessageRefused'
}

const MAX_DEPTH = 64
const QUOTE = 0x22
const BACKSLASH = 0x5c

type Role = 'root' | 'params' | 'meta' | 'result' | 'other'

export class JsonScanner {
  readonly #text: string
  readonly #strict: boolean
  #at = 0
  readonly members: Record<Role, Member[] | undefined> & Record<'root' | 'params' | 'meta' | 'result', Member[]> = {
    root: [], params: [], meta: [], result: [], other: undefined,
  }

  /** `text` is the message read as latin1, so that a character's index is its byte's offset. */
  constructor(text: string, strict: boolean) {
    this.#text = text
    this.#strict = strict
  }

  scanRoot(): Range {
    this.#skipSpace()
    if (this.#text.charCodeAt(this.#at) !== 0x7b) throw new MessageRefused('The body must be one JSON-RPC message: a JSON object. Batches are not accepted.')
    const root = this.#value('root', 1)
    this.#skipSpace()
    if (this.#at !== this.#text.length) throw new MessageRefused('There is something after the JSON-RPC message.')
    return root
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at++
    }
  }

  #value(role: Role, depth: number): Range {
    const start = this.#at
    const code = this.#text.charCodeAt(start)
    if (code === QUOTE) this.#string()
    else if (code === 0x7b) this.#object(role, depth)
    else if (code === 0x5b) this.#array(depth)
    else this.#scalar()
    return { start, end: this.#at }
  }

  #scalar(): void {
    const start = this.#at
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at)
      if (code === 0x2c || code === 0x7d || code === 0x5d || code <= 0x20) break
    }
    if (this.#at === start) throw new MessageRefused('The message is not valid JSON.')
  }

  #string(): void {
    let close = this.#at
    for (;;) {
      close = this.#text.indexOf('"', close + 1)
      if (close < 0) throw new MessageRefused('The message is not valid JSON.')
      let before = close - 1
      while (this.#text.charCodeAt(before) === BACKSLASH) before--
      if ((close - before) % 2 === 1) break
    }
    this.#at = close + 1
  }

  #key(): string {
    const start = this.#at
    if (this.#text.charCodeAt(start) !== QUOTE) throw new MessageRefused('The message is not valid JSON.')
    // Nearly every key is short, plain ASCII: read to its quote without looking for escapes first.
    for (let at = start + 1; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at)
      if (code === QUOTE) {
        this.#at = at + 1
        return this.#text.slice(start + 1, at)
      }
      if (code === BACKSLASH || code >= 0x80) break
    }
    this.#string()
    return decodeKey(this.#text.slice(start + 1, this.#at - 1))
  }

  #array(depth: number): void {
    if (depth > MAX_DEPTH) throw new MessageRefused(`The message nests deeper than ${MAX_DEPTH} levels.`)
    this.#at++
    this.#skipSpace()
    if (this.#text.charCodeAt(this.#at) === 0x5d) {
      this.#at++
      return
    }
    for (;;) {
      this.#skipSpace()
      this.#value('other', depth + 1)
      if (this.#separator(0x5d)) return
    }
  }

  #object(role: Role, depth: number): void {
    if (depth > MAX_DEPTH) throw new MessageRefused(`The message nests deeper than ${MAX_DEPTH} levels.`)
    const keys: string[] = []
    this.#at++
    this.#skipSpace()
    if (this.#text.charCodeAt(this.#at) === 0x7d) {
      this.#at++
      return
    }
    for (;;) {
      this.#skipSpace()
      const start = this.#at
      const key = this.#key()
      this.#skipSpace()
      if (this.#text.charCodeAt(this.#at) !== 0x3a) throw new MessageRefused('The message is not valid JSON.')
      this.#at++
      this.#skipSpace()
      const value = this.#value(roleOf(role, key), depth + 1)
      this.members[role]?.push({ key, member: { start, end: value.end }, value })
      keys.push(key)
      if (this.#separator(0x7d)) break
    }
    const ambiguity = this.#strict ? findAmbiguity(role, keys) : undefined
    if (ambiguity) throw new MessageRefused(ambiguity)
  }

  /** Steps over "," (false) or the closing bracket (true). */
  #separator(closing: number): boolean {
    this.#skipSpace()
    const code = this.#text.charCodeAt(this.#at++)
    if (code === closing) return true
    if (code !== 0x2c) throw new MessageRefused('The message is not valid JSON.')
    return false
  }
}

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
    throw new MessageRefused('The message is not valid JSON.')
  }
}

export function offsetsOf({ members }: JsonScanner, root: Range): MessageOffsets {
  const offsets: MessageOffsets = { root, paramsMembers: members.params, metaMembers: members.meta, resultMembers: members.result }
  for (const { key, value } of members.root) {
    if (key === 'id' || key === 'method' || key === 'params' || key === 'result' || key === 'error') offsets[key] = value
  }
  for (const { key, value } of members.params) if (key === '_meta') offsets.meta = value
  return offsets
}
