// Where things stand in a JSON-RPC message, as byte offsets. What a caller sends is judged and then
// forwarded as the very same bytes, so the judge and the upstream must read them alike: anything two
// JSON parsers could understand differently (a key twice, keys that differ only in case, a byte order
// mark, bytes that are not UTF-8) is refused here, before policy looks at it.
import { isAscii, isUtf8 } from 'node:buffer'
import { MessageRefused } from './json-grammar.ts'
import { JsonScanner, offsetsOf, type Member, type MessageOffsets, type Range } from './json-scanner.ts'
import { fromWire } from './wire-text.ts'

export { MessageRefused } from './json-grammar.ts'
export type { MessageOffsets, Range } from './json-scanner.ts'

/** A request, notification or response from a caller, read once: its parts for deciding, the offsets for splicing. */
export interface ScannedMessage {
  readonly bytes: Buffer
  /** The bytes as Latin-1: a character for each, where the offsets say. */
  readonly text: string
  readonly offsets: MessageOffsets
  /** `undefined` for a response. */
  readonly method: string | undefined
  /** The id's own bytes (`1`, `"a"`); `undefined` for a notification. */
  readonly idToken: string | undefined
  /** Parsed when it is first asked for: most calls pass without anybody looking. */
  readonly params: Record<string, unknown> | undefined
  /** A member of `params` that is a string: its name, its uri. */
  textParam(key: string): string | undefined
  /** The same of `params._meta`. */
  textMeta(key: string): string | undefined
}

/** @throws MessageRefused with a sentence for the caller. */
export function scanCallerMessage(bytes: Buffer): ScannedMessage {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw new MessageRefused('The body starts with a byte order mark; send plain UTF-8.')
  // ASCII, as most messages are, is one text for both readers.
  if (!isAscii(bytes) && !isUtf8(bytes)) throw new MessageRefused('The body is not valid UTF-8.')
  const text = bytes.toString('latin1')
  const scanner = new JsonScanner(text, true)
  const message = new CallerMessage(bytes, text, offsetsOf(scanner, scanner.scanRoot()))
  const { jsonrpc, id, method, params, result, error } = message.offsets
  if (!jsonrpc || message.readString(jsonrpc) !== '2.0') throw new MessageRefused('jsonrpc must be "2.0".')
  if (method && message.method === undefined) throw new MessageRefused('method must be a string.')
  if (id && !/[-0-9"]/.test(text[id.start]!)) throw new MessageRefused('id must be a string or a number.')
  if (params && text[params.start] !== '{') throw new MessageRefused('params must be an object.')
  if (!method && !result && !error) throw new MessageRefused('The message has neither a method nor a result.')
  return message
}

class CallerMessage implements ScannedMessage {
  readonly bytes: Buffer
  readonly text: string
  readonly offsets: MessageOffsets
  readonly method: string | undefined
  readonly idToken: string | undefined
  #params: Record<string, unknown> | undefined

  constructor(bytes: Buffer, text: string, offsets: MessageOffsets) {
    const { method, id } = offsets
    this.bytes = bytes
    this.text = text
    this.offsets = offsets
    this.method = method && this.readString(method)
    this.idToken = id && fromWire(text.slice(id.start, id.end))
  }

  get params(): Record<string, unknown> | undefined {
    const { params } = this.offsets
    return params && (this.#params ??= this.#read(params) as Record<string, unknown>)
  }

  textParam(key: string): string | undefined {
    return this.#textOf(this.offsets.paramsMembers, key)
  }

  textMeta(key: string): string | undefined {
    return this.#textOf(this.offsets.metaMembers, key)
  }

  #textOf(members: readonly Member[], key: string): string | undefined {
    for (const { key: name, value } of members) if (name === key) return this.readString(value)
    return undefined
  }

  /** Undefined for what is no string. */
  readString(range: Range): string | undefined {
    if (this.text[range.start] !== '"') return undefined
    const inside = this.text.slice(range.start + 1, range.end - 1)
    return PLAIN.test(inside) ? inside : (this.#read(range) as string)
  }

  #read({ start, end }: Range): unknown {
    return JSON.parse(fromWire(this.text.slice(start, end)))
  }
}

/** Neither an escape nor more than one byte for a character: a string that is what stands there. */
const PLAIN = /^[\x20-\x5b\x5d-\x7e]*$/

/** Offsets in what an upstream sent. Its words are not judged here, only located. @throws MessageRefused if it is not one JSON object. */
export const scanUpstreamMessage = (bytes: Buffer): MessageOffsets => scanUpstreamText(bytes.toString('latin1'))

/** The same, read as Latin-1 already. */
export function scanUpstreamText(text: string): MessageOffsets {
  const scanner = new JsonScanner(text, false)
  return offsetsOf(scanner, scanner.scanRoot())
}

/** The same, for what decides what is shown: a member of the message that stands there twice is refused, too. */
export function scanShownMessage(bytes: Buffer): MessageOffsets {
  const scanner = new JsonScanner(bytes.toString('latin1'), false)
  const root = scanner.scanRoot()
  const keys = scanner.members.root.map(({ key }) => key)
  if (new Set(keys).size < keys.length) throw new MessageRefused('A member of the message stands there twice.')
  return offsetsOf(scanner, root)
}
