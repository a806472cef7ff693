// A request as it is written: refused, rather than repaired, if anything in it could end a line early or
// say a second time where the message goes or ends (RFC 9112 §11.2).
import { KIB } from '../../lib/units.ts'
import type { WireBytes } from '../../lib/wire-bytes.ts'
import { unusableRequest } from '../errors.ts'
import { TEXT_PATTERN, TOKEN_PATTERN } from './field-text.ts'

export interface RequestParts {
  method: 'GET' | 'POST' | 'DELETE'
  /** Path and query. */
  path: string
  host: string
  via: string
  headers: Readonly<Record<string, string>> | readonly string[]
  body: WireBytes | null
}

/** Written as a text up to here; beyond, that would copy too much. */
const MAX_TEXT_BYTES = 16 * KIB
const PATH = /^\/[\x21-\x7e]*$/
const HOST = /^[\x21-\x7e]+$/
const TEXT = new RegExp(`^${TEXT_PATTERN}$`)
// What we say ourselves, and what concerns this hop alone (RFC 9110 §7.6.1).
const FOREIGN_NAME = new RegExp(
  `^(?!(?:host|via|content-length|transfer-encoding|connection|keep-alive|proxy-connection|te|trailer|upgrade|expect)$)${TOKEN_PATTERN}$`,
  'i',
)
/** Those that most calls have need not be looked at again. */
const KNOWN_NAMES = new Set(['content-type', 'accept', 'authorization', 'mcp-protocol-version', 'mcp-session-id', 'mcp-method', 'mcp-name'])

/** @throws upstream.unusable_request */
export function encodeRequest({ method, path, host, via, headers, body }: RequestParts): WireBytes {
  if (!PATH.test(path)) throw unusableRequest('path')
  if (!HOST.test(host)) throw unusableRequest('host')
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\nvia: ${via}\r\n`
  if (isList(headers)) for (let at = 0; at < headers.length; at += 2) head += encodeField(headers[at]!, headers[at + 1]!)
  else for (const name in headers) head += encodeField(name, headers[name]!)
  // RFC 9110 §8.6: a POST without content says so.
  if (body !== null || method === 'POST') head += `content-length: ${body === null ? 0 : body.length}\r\n`
  head += '\r\n'
  if (body === null) return head
  if (head.length + body.length <= MAX_TEXT_BYTES) return head + (typeof body === 'string' ? body : body.toString('latin1'))
  const bytes = Buffer.allocUnsafe(head.length + body.length)
  bytes.write(head, 'latin1')
  if (typeof body === 'string') bytes.write(body, head.length, 'latin1')
  else body.copy(bytes, head.length)
  return bytes
}

function encodeField(name: string, value: string): string {
  if (!KNOWN_NAMES.has(name) && !FOREIGN_NAME.test(name)) throw unusableRequest('header name')
  if (!TEXT.test(value)) throw unusableRequest('header value')
  return `${name}: ${value}\r\n`
}

const isList = (headers: RequestParts['headers']): headers is readonly string[] => Array.isArray(headers)
