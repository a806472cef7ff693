// Where an answer's body ends (RFC 9112 §6.3). A head that says it twice, or in a way that the next reader
// may not know, is how answers are smuggled into each other (§11.1): it is refused.
import { AnswerRefusal } from './answer-refusal.ts'

/** A number of bytes, chunks that say so themselves, or the connection's own end. */
export type BodyEnd = number | 'chunked' | 'close'

// At most 15 digits: always a safe integer.
const LENGTH = /^[0-9]{1,15}$/

type Field = string | string[] | undefined

/** @throws AnswerRefusal */
export function readBodyEnd(status: number, isHttp11: boolean, contentLength: Field, transferEncoding: Field): BodyEnd {
  // It would leave HTTP, and nobody asked for that.
  if (status === 101) throw new AnswerRefusal('a switch of protocols')
  if (transferEncoding !== undefined) {
    if (contentLength !== undefined) throw new AnswerRefusal('a length and a transfer coding')
    if (!isHttp11) throw new AnswerRefusal('a transfer coding in HTTP/1.0')
    if (typeof transferEncoding !== 'string' || transferEncoding.toLowerCase() !== 'chunked') throw new AnswerRefusal('a transfer coding')
  }
  const length = contentLength === undefined ? undefined : readLength(contentLength)
  if (!mayHaveBody(status)) {
    // Some readers would wait for these bytes, and some would take them for the next answer (RFC 9110 §8.6).
    if (transferEncoding !== undefined || (length !== undefined && length > 0)) throw new AnswerRefusal('a body where there can be none')
    return 0
  }
  if (transferEncoding !== undefined) return 'chunked'
  return length ?? 'close'
}

const mayHaveBody = (status: number) => status >= 200 && status !== 204 && status !== 304

function readLength(contentLength: string | string[]): number {
  if (typeof contentLength !== 'string' || !LENGTH.test(contentLength)) throw new AnswerRefusal('a length')
  return Number(contentLength)
}
