// A pooled answer on its way to a caller who may not see all of it: message by message.
import type { AnswerSink } from '../mcp/answer-sink.ts'
import { bytesOf, type WireBytes } from '../lib/wire-bytes.ts'
import { toAppError, type AppError } from '../lib/app-error.ts'
import { type Show, ShownEvents } from './shown-events.ts'

export class LimitedSink implements AnswerSink {
  readonly #sink: AnswerSink
  readonly #show: Show
  readonly #shownEvents: ShownEvents
  #events = false
  #status = 200
  /** Of an answer in one piece that comes in several: half a list cannot be judged. */
  #chunks: Buffer[] = []
  #over = false

  constructor(sink: AnswerSink, show: Show) {
    this.#sink = sink
    this.#show = show
    this.#shownEvents = new ShownEvents(show)
  }

  whole(status: number, answer: WireBytes): void {
    this.#attempt(() => this.#sink.whole(status, this.#show(bytesOf(answer))))
  }

  json(status: number): void {
    this.#status = status
  }

  events(): void {
    this.#events = true
    this.#sink.events()
  }

  /** An exchange hands over events one by one, each of them whole. */
  write(bytes: Buffer): boolean {
    if (!this.#events) {
      this.#chunks.push(bytes)
      return true
    }
    let takesMore = true
    this.#attempt(() => {
      takesMore = this.#sink.write(this.#shownEvents.push(bytes))
    })
    return takesMore
  }

  end(): void {
    if (this.#events) this.#attempt(() => this.#sink.end())
    else this.whole(this.#status, Buffer.concat(this.#chunks))
  }

  fail(error: AppError): void {
    if (this.#over) return
    this.#over = true
    this.#sink.fail(error)
  }

  #attempt(run: () => void): void {
    if (this.#over) return
    try {
      run()
    } catch (error) {
      this.fail(toAppError(error))
    }
  }
}
