// The head of an answer (RFC 9112 §4 to §6), read strictly: what HTTP permits a recipient to mend is
// refused, because the proxy in front of the upstream may have mended it differently.
import { SECOND_MS } from '../../lib/units.ts'
import { AnswerRefusal } from './answer-refusal.ts'
import { readBodyEnd, type BodyEnd } from './body-end.ts'
import { TEXT_CODES, TOKEN_CODES } from './field-text.ts'

export type ResponseHeaders = Record<string, string | string[] | undefined>

export interface AnswerHead {
  status: number
  headers: ResponseHeaders
  bodyEnd: BodyEnd
  /** Neither the version nor a field says that the connection ends with this answer. */
  persistent: boolean
  /** For how long the upstream says that it keeps an idle connection. */
  keepAliveMs: number | undefined
}

const MAX_FIELDS = 128
const CR = 0x0d
const LF = 0x0a
const SPACE = 0x20
const TAB = 0x09
const COLON = 0x3a
const CLOSE = /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i
const TIMEOUT = /(?:^|[ \t,])timeout=(\d{1,9})(?:$|[ \t,])/i

const COMMON_NAMES = `Cache-Control Connection Content-Length Content-Type Date Keep-Alive Mcp-Session-Id Server
  Transfer-Encoding Vary X-Accel-Buffering`.split(/\s+/)
/** The names that most heads consist of, as most servers spell them: to find one is cheaper than to make it, and so is a record with it. */
const KNOWN_NAMES = new Map(COMMON_NAMES.flatMap((name) => [name, name.toLowerCase()].map((spelling) => [spelling, name.toLowerCase()])))

/** A record without a prototype, so that a field named `__proto__` is only a field; and still as fast as an object. */
const Fields = function () {} as unknown as new () => ResponseHeaders
Fields.prototype = Object.create(null)

/** `text` is Latin-1: every line of the head with its CRLF, without the empty one. @throws AnswerRefusal */
export function parseHead(text: string): AnswerHead {
  const status = readStatus(text)
  const headers = new Fields()
  let at = endOfLine(text, 12)
  for (let count = 0; at < text.length; count += 1) {
    if (count === MAX_FIELDS) throw new AnswerRefusal('too many fields')
    const nameAt = at
    while (TOKEN_CODES[text.charCodeAt(at)] === 1) at += 1
    // Also a line that begins with a space (obs-fold), and a space before the colon (RFC 9112 §5.1, §5.2).
    if (at === nameAt || text.charCodeAt(at) !== COLON) throw new AnswerRefusal('a field name')
    const spelling = text.slice(nameAt, at)
    const name = KNOWN_NAMES.get(spelling) ?? spelling.toLowerCase()
    let valueAt = at + 1
    at = endOfLine(text, valueAt)
    let valueEnd = at - 2
    while (valueAt < valueEnd && isBlank(text.charCodeAt(valueAt))) valueAt += 1
    while (valueEnd > valueAt && isBlank(text.charCodeAt(valueEnd - 1))) valueEnd -= 1
    // Legal, and yet some parsers know no tab there: they wait for the end of the connection instead.
    const isFraming = name === 'content-length' || name === 'transfer-encoding'
    if (isFraming && text.slice(valueEnd, at).includes('\t')) throw new AnswerRefusal('a tab')
    addField(headers, name, text.slice(valueAt, valueEnd))
  }
  const isHttp11 = text.charCodeAt(7) === 0x31
  return {
    status,
    headers,
    bodyEnd: readBodyEnd(status, isHttp11, headers['content-length'], headers['transfer-encoding']),
    persistent: isHttp11 && (headers.connection === undefined || !CLOSE.test(String(headers.connection))),
    keepAliveMs: headers['keep-alive'] === undefined ? undefined : readTimeout(String(headers['keep-alive'])),
  }
}

/** Servers leave out the space before an empty reason often enough. */
function readStatus(text: string): number {
  const status = Number(text.slice(9, 12))
  const minor = text.charCodeAt(7)
  const after = text.charCodeAt(12)
  const isVersion = text.startsWith('HTTP/1.') && (minor === 0x30 || minor === 0x31) && text.charCodeAt(8) === SPACE
  const isStatus = Number.isInteger(status) && status >= 100 && status <= 599 && (after === SPACE || after === CR)
  if (!isVersion || !isStatus) throw new AnswerRefusal('a status line')
  return status
}

/** The index after the line's CRLF; before it there is nothing but text. */
function endOfLine(text: string, from: number): number {
  let at = from
  while (TEXT_CODES[text.charCodeAt(at)] === 1) at += 1
  if (text.charCodeAt(at) !== CR || text.charCodeAt(at + 1) !== LF) throw new AnswerRefusal('a control character')
  return at + 2
}

const isBlank = (code: number) => code === SPACE || code === TAB

function addField(headers: ResponseHeaders, name: string, value: string): void {
  const before = headers[name]
  if (before === undefined) headers[name] = value
  else if (typeof before === 'string') headers[name] = [before, value]
  else before.push(value)
}

function readTimeout(value: string): number | undefined {
  const seconds = TIMEOUT.exec(value)?.[1]
  return seconds === undefined ? undefined : Number(seconds) * SECOND_MS
}
