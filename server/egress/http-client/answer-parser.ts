// Reads one answer after the other out of what a socket delivers (RFC 9112). Pure: it knows no socket and
// keeps no body; the head alone is gathered, and bounded.
import { KIB } from '../../lib/units.ts'
import { AnswerRefusal } from './answer-refusal.ts'
import { ChunkedCursor } from './chunked-cursor.ts'
import { parseHead, type AnswerHead } from './parse-head.ts'

export interface AnswerSink {
  /** Of the final answer; informational ones are passed over. */
  onHead(head: AnswerHead): void
  onBody(bytes: Buffer): void
  /** `surplus`: more came than belongs to the answer. */
  onEnd(surplus: boolean): void
}

const MAX_HEAD_BYTES = 32 * KIB
// An upstream may announce itself with 103 and the like, but not instead of answering.
const MAX_INFORMATIONAL = 8
const HEAD_END = '\r\n\r\n'
const START = 'HTTP/1.'
const CR = 0x0d
const LF = 0x0a

export class AnswerParser {
  readonly #sink: AnswerSink
  #place: 'nowhere' | 'head' | 'length' | 'chunked' | 'close' = 'nowhere'
  /** The beginning of a head. */
  #held: Buffer | undefined
  #informational = 0
  #bytesLeft = 0
  #chunks: ChunkedCursor | undefined

  constructor(sink: AnswerSink) {
    this.#sink = sink
  }

  /** A request was sent: what comes is its answer. */
  expect(): void {
    this.#place = 'head'
    this.#informational = 0
  }

  /** Also from inside the sink: nothing of what is left is for anybody. */
  stop(): void {
    this.#place = 'nowhere'
    this.#held = undefined
  }

  /** @throws AnswerRefusal; after that the socket can only be closed */
  push(chunk: Buffer): void {
    if (this.#place === 'nowhere') throw new AnswerRefusal('bytes that nobody asked for')
    if (this.#place === 'head') this.#readHead(chunk)
    else this.#readBody(chunk, 0)
  }

  /** The upstream has closed its side. True if that was the answer's end, which is told. */
  close(): boolean {
    if (this.#place !== 'close') return false
    this.#end(false)
    return true
  }

  #readHead(chunk: Buffer): void {
    const bytes = this.#held ? Buffer.concat([this.#held, chunk]) : chunk
    let searchFrom = this.#held ? Math.max(0, this.#held.length - HEAD_END.length + 1) : 0
    let at = 0
    this.#held = undefined
    for (;;) {
      const end = bytes.indexOf(HEAD_END, searchFrom, 'latin1')
      if ((end < 0 ? bytes.length : end) - at > MAX_HEAD_BYTES) throw new AnswerRefusal('a head too large')
      if (end < 0) return this.#hold(at === 0 ? bytes : bytes.subarray(at))
      const head = parseHead(bytes.toString('latin1', at, end + 2))
      at = end + HEAD_END.length
      searchFrom = at
      if (head.status >= 200) return this.#begin(head, bytes, at)
      // Nothing can follow on a connection that ends.
      if (!head.persistent) throw new AnswerRefusal('an informational answer that closes')
      if (++this.#informational > MAX_INFORMATIONAL) throw new AnswerRefusal('too many informational answers')
    }
  }

  /** What cannot become a head is refused before its end, which may never come. */
  #hold(bytes: Buffer): void {
    const start = bytes.toString('latin1', 0, Math.min(bytes.length, START.length))
    if (!START.startsWith(start)) throw new AnswerRefusal('something that is not HTTP/1.x')
    const lf = bytes.indexOf(LF)
    if (lf >= 0 && bytes[lf - 1] !== CR) throw new AnswerRefusal('a bare LF')
    this.#held = bytes
  }

  #begin(head: AnswerHead, bytes: Buffer, at: number): void {
    const { bodyEnd } = head
    this.#bytesLeft = typeof bodyEnd === 'number' ? bodyEnd : 0
    this.#chunks = bodyEnd === 'chunked' ? new ChunkedCursor() : undefined
    this.#place = typeof bodyEnd === 'number' ? 'length' : bodyEnd
    this.#sink.onHead(head)
    this.#readBody(bytes, at)
  }

  #readBody(bytes: Buffer, at: number): void {
    if (this.#place === 'length') this.#readLength(bytes, at)
    else if (this.#place === 'chunked') this.#readChunks(bytes, at)
    else if (this.#place === 'close') this.#tell(bytes, at, bytes.length)
  }

  #readLength(bytes: Buffer, at: number): void {
    const end = Math.min(at + this.#bytesLeft, bytes.length)
    this.#bytesLeft -= end - at
    this.#tell(bytes, at, end)
    if (this.#bytesLeft === 0 && this.#place === 'length') this.#end(end < bytes.length)
  }

  #readChunks(bytes: Buffer, start: number): void {
    const cursor = this.#chunks!
    let at = start
    while (this.#place === 'chunked') {
      const found = cursor.read(bytes, at)
      at = cursor.at
      if (found === 'more') return
      if (found === 'end') return this.#end(at < bytes.length)
      this.#tell(bytes, cursor.from, at)
    }
  }

  #tell(bytes: Buffer, from: number, to: number): void {
    if (from < to) this.#sink.onBody(to - from === bytes.length ? bytes : bytes.subarray(from, to))
  }

  #end(surplus: boolean): void {
    this.#place = 'nowhere'
    // Last of all: the sink may expect the next answer at once.
    this.#sink.onEnd(surplus)
  }
}
