// Finds the data in a chunked body (RFC 9112 §7.1), however it was cut into reads. Extensions and trailers
// are checked, bounded and dropped.
import { KIB } from '../../lib/units.ts'
import { AnswerRefusal } from './answer-refusal.ts'
import { TEXT_PATTERN, TOKEN_PATTERN } from './field-text.ts'

const MAX_SIZE_LINE = 256
const MAX_TRAILER_BYTES = 8 * KIB
const CRLF = 2
const LF = 0x0a
// Eight digits are 4 GiB; extensions as the grammar has them, without the white space that it only tolerates.
const EXTENSION = `;${TOKEN_PATTERN}(?:=(?:${TOKEN_PATTERN}|"[\\t\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]*"))?`
const SIZE_LINE = new RegExp(`^([0-9A-Fa-f]{1,8})(?:${EXTENSION})*\\r\\n$`)
// RFC 9110 §6.5.1: a field about framing in a trailer is for readers who merge trailers into the head.
const TRAILER = new RegExp(`^(?!(?:content-length|transfer-encoding):)${TOKEN_PATTERN}:${TEXT_PATTERN}\\r\\n$`, 'i')

export class ChunkedCursor {
  #place: 'size' | 'data' | 'data-end' | 'trailer' = 'size'
  #left = 0
  #line = ''
  #trailerBytes = 0
  /** After `data`: where it begins in the bytes given; it ends at `at`. */
  from = 0
  /** How far the bytes given have been read. */
  at = 0

  /** Goes on at `start`. `more`: all is read and the body goes on; `end`: it ended at `at`. @throws AnswerRefusal */
  read(bytes: Buffer, start: number): 'data' | 'more' | 'end' {
    this.at = start
    for (;;) {
      if (this.#place === 'data') {
        if (this.at === bytes.length) return 'more'
        this.from = this.at
        this.at = Math.min(this.from + this.#left, bytes.length)
        this.#left -= this.at - this.from
        if (this.#left === 0) this.#place = 'data-end'
        return 'data'
      }
      const line = this.#readLine(bytes)
      if (line === undefined) return 'more'
      if (this.#place === 'size') this.#readSize(line)
      else if (this.#place === 'data-end') this.#place = 'size'
      else if (line === '\r\n') return 'end'
      else if (!TRAILER.test(line)) throw new AnswerRefusal('a trailer')
    }
  }

  #readSize(line: string): void {
    const digits = SIZE_LINE.exec(line)?.[1]
    if (digits === undefined) throw new AnswerRefusal('a chunk size')
    this.#left = Number.parseInt(digits, 16)
    this.#place = this.#left === 0 ? 'trailer' : 'data'
  }

  /** To its LF, or undefined while that has not come. */
  #readLine(bytes: Buffer): string | undefined {
    const lf = bytes.indexOf(LF, this.at)
    const end = lf < 0 ? bytes.length : lf + 1
    const size = this.#line.length + end - this.at
    if (size > this.#maxLine) throw new AnswerRefusal('a chunk that is not framed')
    const text = bytes.toString('latin1', this.at, end)
    this.at = end
    if (this.#place === 'trailer') this.#trailerBytes += text.length
    const line = this.#line === '' ? text : this.#line + text
    this.#line = lf < 0 ? line : ''
    if (this.#place === 'data-end' && !'\r\n'.startsWith(line)) throw new AnswerRefusal('a chunk longer than its size')
    return lf < 0 ? undefined : line
  }

  get #maxLine(): number {
    if (this.#place === 'data-end') return CRLF
    return this.#place === 'size' ? MAX_SIZE_LINE : MAX_TRAILER_BYTES - this.#trailerBytes + this.#line.length
  }
}
