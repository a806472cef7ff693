// For callers who take one JSON answer and no events: reads a pooled answer to its end, however the
// upstream sent it, and hands over the message.
import type { AppError } from '../lib/app-error.ts'
import type { WireBytes } from '../lib/wire-bytes.ts'
import type { AnswerSink } from './answer-sink.ts'
import { SseSplitter } from './sse.ts'
import { streamCut } from './upstream-error.ts'

export interface WholeAnswer {
  whole(status: number, answer: WireBytes): void
  fail(error: AppError): void
}

export class WholeAnswerSink implements AnswerSink {
  readonly #answer: WholeAnswer
  #status = 200
  #chunks: Buffer[] = []
  #events = false

  constructor(answer: WholeAnswer) {
    this.#answer = answer
  }

  whole(status: number, answer: WireBytes): void {
    this.#answer.whole(status, answer)
  }

  json(status: number): void {
    this.#status = status
  }

  events(): void {
    this.#events = true
  }

  write(bytes: Buffer): boolean {
    // Only messages for this call are relayed, one at a time, and the last of them is the answer. A stream
    // has no limit of its own, so what came before must not gather here.
    if (this.#events) this.#chunks = [bytes]
    else this.#chunks.push(bytes)
    return true
  }

  end(): void {
    const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
    const message = this.#events ? new SseSplitter(bytes.length).push(bytes).at(-1)?.data : bytes
    if (message) this.#answer.whole(this.#status, message)
    else this.#answer.fail(streamCut())
  }

  fail(error: AppError): void {
    this.#answer.fail(error)
  }
}
