// Restores the caller's id in a JSON answer while it streams by. The answer is not parsed, not
// buffered and not re-serialised: a cursor follows strings and brackets, and only the value of the
// root's "id" member is replaced.
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from '../lib/json-signs.ts'

export class ResponseIdRewriter {
  readonly #expected: string
  readonly #replacement: Buffer
  #depth = 0
  #begun = false
  #inString = false
  /** Backslashes that ended the previous chunk: they may escape the first byte of the next. */
  #carriedBackslashes = 0
  /** At depth 1, between "{" or "," and ":". */
  #inKey = false
  #key = ''
  #collecting = false
  #token = ''
  /** The root's id was the one we sent. */
  matched = false

  constructor(sentIdToken: string, callerIdToken: string) {
    // The answer's token is collected byte by byte.
    this.#expected = Buffer.from(sentIdToken).toString('latin1')
    this.#replacement = Buffer.from(callerIdToken)
  }

  /** Every bracket and string that was opened is closed: the message was not cut off. */
  get complete(): boolean {
    return this.#begun && this.#depth === 0 && !this.#inString
  }

  /** The bytes to send on for this chunk. */
  push(chunk: Buffer): Buffer[] {
    const out: Buffer[] = []
    let from = this.#collecting ? -1 : 0
    let at = 0
    while (at < chunk.length) {
      if (this.#inString) {
        const end = this.#stringEnd(chunk, at)
        this.#remember(chunk, at, end)
        at = end
        continue
      }
      const code = chunk[at]!
      if (this.#collecting && (code === COMMA || code === CLOSE_OBJECT || code <= 0x20)) {
        if (this.#token !== '') {
          out.push(this.#finishToken())
          from = at
        } else if (code <= 0x20) {
          out.push(chunk.subarray(at, at + 1))
          at++
          continue
        }
      }
      if (!this.#collecting && this.#depth === 1 && this.#key === 'id' && code === COLON && !this.matched) {
        out.push(chunk.subarray(from, at + 1))
        this.#collecting = true
        this.#inKey = false
        from = -1
        at++
        continue
      }
      this.#step(code)
      at++
    }
    if (from >= 0) out.push(from === 0 ? chunk : chunk.subarray(from))
    return out
  }

  #step(code: number): void {
    if (code === QUOTE) {
      this.#inString = true
      this.#carriedBackslashes = 0
      if (this.#inKey) this.#key = ''
      if (this.#collecting) this.#token += '"'
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      this.#begun = true
      this.#depth++
      this.#inKey = this.#depth === 1
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      this.#depth--
    } else if (code === COMMA && this.#depth === 1) {
      this.#inKey = true
    } else if (code === COLON && this.#depth === 1) {
      this.#inKey = false
      this.#key = ''
    } else if (this.#collecting && code > 0x20) {
      this.#token += String.fromCharCode(code)
    }
  }

  /** Index after the closing quote, or the chunk's end if the string goes on. */
  #stringEnd(chunk: Buffer, start: number): number {
    let close = start - 1
    for (;;) {
      close = chunk.indexOf(QUOTE, close + 1)
      const stop = close < 0 ? chunk.length : close
      let before = stop - 1
      while (before >= start && chunk[before] === BACKSLASH) before--
      let backslashes = stop - 1 - before
      if (before < start) backslashes += this.#carriedBackslashes
      if (close < 0) {
        this.#carriedBackslashes = backslashes
        return chunk.length
      }
      if (backslashes % 2 === 0) break
    }
    this.#inString = false
    this.#carriedBackslashes = 0
    return close + 1
  }

  #remember(chunk: Buffer, start: number, end: number): void {
    if (this.#collecting) this.#token += chunk.toString('latin1', start, end)
    else if (this.#inKey && this.#key.length < 32) {
      this.#key += chunk.toString('latin1', start, this.#inString ? end : end - 1)
    }
  }

  #finishToken(): Buffer {
    this.#collecting = false
    this.#key = ''
    this.matched = this.#token === this.#expected
    const token = this.#token
    this.#token = ''
    return this.matched ? this.#replacement : Buffer.from(token, 'latin1')
  }
}
