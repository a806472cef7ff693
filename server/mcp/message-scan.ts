// Where things stand in a JSON-RPC message, as byte offsets. What a caller sends is judged and then
// forwarded as the very same bytes, so the judge and the upstream must read them alike: anything two
// JSON parsers could understand differently (a key twice, keys that differ only in case, a byte order
// mark, bytes that are not UTF-8) is refused here, before policy looks at it.
import { isAscii, isUtf8 } from 'node:buffer'
import { JsonScanner, MessageRefused, offsetsOf, type MessageOffsets } from './json-scanner.ts'

export { MessageRefused, type MessageOffsets, type Range } from './json-scanner.ts'

/** A request, notification or response from a caller, read once: the value for deciding, the offsets for splicing. */
export interface ScannedMessage {
  bytes: Buffer
  /** The bytes as Latin-1: a character for each, where the offsets say. */
  text: string
  offsets: MessageOffsets
  /** `undefined` for a response. */
  method: string | undefined
  /** The id's own bytes (`1`, `"a"`); `undefined` for a notification. */
  idToken: string | undefined
  params: Record<string, unknown> | undefined
}

/** @throws MessageRefused with a sentence for the caller. */
export function scanCallerMessage(bytes: Buffer): ScannedMessage {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw new MessageRefused('The body starts with a byte order mark; send plain UTF-8.')
  // ASCII, as most messages are, is one text for both readers.
  const ascii = isAscii(bytes)
  if (!ascii && !isUtf8(bytes)) throw new MessageRefused('The body is not valid UTF-8.')
  const text = bytes.toString('latin1')
  const value = parse(ascii ? text : bytes.toString('utf8'))
  const scanner = new JsonScanner(text, true)
  const root = scanner.scanRoot()
  const offsets = offsetsOf(scanner, root)
  const message = value as { jsonrpc?: unknown; id?: unknown; method?: unknown; params?: unknown }
  if (message.jsonrpc !== '2.0') throw new MessageRefused('jsonrpc must be "2.0".')
  if (message.method !== undefined && typeof message.method !== 'string') throw new MessageRefused('method must be a string.')
  if (message.id !== undefined && typeof message.id !== 'string' && typeof message.id !== 'number') throw new MessageRefused('id must be a string or a number.')
  if (message.params !== undefined && !isObject(message.params)) throw new MessageRefused('params must be an object.')
  if (message.method === undefined && offsets.result === undefined && offsets.error === undefined) throw new MessageRefused('The message has neither a method nor a result.')
  return {
    bytes,
    text,
    offsets,
    method: message.method,
    idToken: offsets.id && bytes.toString('utf8', offsets.id.start, offsets.id.end),
    params: message.params as Record<string, unknown> | undefined,
  }
}

/** Offsets in what an upstream sent. Its words are not judged here, only located. @throws MessageRefused if it is not one JSON object. */
export function scanUpstreamMessage(bytes: Buffer): MessageOffsets {
  const scanner = new JsonScanner(bytes.toString('latin1'), false)
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new MessageRefused('The body is not valid JSON.')
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
