// A reply with another status than 200: enough of its body to recognise what it says.
import { contentTypeOf, MAX_ERROR_BYTES, parseMessage, type ReplyHeaders } from './collect-reply.ts'
import type { ReplyReader } from './reply-reader.ts'

export interface Failure {
  status: number
  headers: ReplyHeaders
  body: Buffer
  /** A JSON-RPC error for a request, not a page about one. */
  isAnswer: boolean
}

export class FailureReply implements ReplyReader {
  readonly #status: number
  readonly #headers: ReplyHeaders
  readonly #done: (failure: Failure) => void
  readonly #chunks: Buffer[] = []
  #bytes = 0

  constructor(status: number, headers: ReplyHeaders, done: (failure: Failure) => void) {
    this.#status = status
    this.#headers = headers
    this.#done = done
  }

  onData(chunk: Buffer): void {
    if (this.#bytes < MAX_ERROR_BYTES) this.#chunks.push(chunk)
    this.#bytes += chunk.length
  }

  onEnd(): void {
    const body = Buffer.concat(this.#chunks)
    const message = contentTypeOf(this.#headers) === 'json' ? parseMessage(body) : undefined
    const isAnswer = message?.error !== undefined && message.id !== undefined && message.id !== null
    this.#done({ status: this.#status, headers: this.#headers, body, isAnswer })
  }
}
