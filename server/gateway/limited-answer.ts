// An upstream's answer on its way to a caller who may not see all of it: stands before whoever relays it, and hands over
// only what may be shown.
import type { EgressExchange, EgressHandler } from '../egress/exchange.ts'
import { toAppError, type AppError } from '../lib/app-error.ts'
import { contentTypeOf, type ReplyHeaders } from '../mcp/collect-reply.ts'
import { type Show, ShownEvents } from './shown-events.ts'
import type { TransparentAnswer } from './transparent-answer.ts'

export class LimitedAnswer implements EgressHandler {
  readonly #answer: TransparentAnswer
  readonly #show: Show
  exchange: EgressExchange | undefined
  #events: ShownEvents | undefined
  /** Of one message: half a list of tools cannot be judged. */
  #held: Buffer[] | undefined
  #over = false

  constructor(answer: TransparentAnswer, show: Show) {
    this.#answer = answer
    this.#show = show
  }

  onHead(status: number, headers: ReplyHeaders): void {
    const type = contentTypeOf(headers)
    if (status === 200 && type === 'event-stream') this.#events = new ShownEvents(this.#show)
    else if (status === 200 && type === 'json') this.#held = []
    this.#answer.onHead(status, headers)
  }

  onData(chunk: Buffer): void {
    const events = this.#events
    if (this.#held) this.#held.push(chunk)
    else this.#hand(() => (events ? events.push(chunk) : chunk))
  }

  onEnd(): void {
    const held = this.#held
    if (held) this.#hand(() => this.#show(Buffer.concat(held)))
    if (!this.#over) this.#answer.onEnd()
  }

  onError(error: AppError): void {
    if (!this.#over) this.#answer.onError(error)
  }

  #hand(read: () => Buffer): void {
    if (this.#over) return
    try {
      const bytes = read()
      if (bytes.length > 0) this.#answer.onData(bytes)
    } catch (error) {
      this.#over = true
      this.#answer.onError(toAppError(error))
      this.exchange?.abort()
    }
  }
}
