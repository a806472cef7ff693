// An answer whose links are put under the connection that they come from. A link is changed in a whole message, so an answer in
// pieces is gathered; events are whole messages as they come.
import { qualifyLinks } from '../aggregate/qualify-links.ts'
import type { AppError } from '../lib/app-error.ts'
import type { AnswerSink } from '../mcp/answer-sink.ts'
import { encodeSse, SseSplitter } from '../mcp/sse.ts'
import { bytesOf, type WireBytes } from '../lib/wire-bytes.ts'

export class LinkSink implements AnswerSink {
  readonly #sink: AnswerSink
  readonly #connectionId: string
  #status = 200
  #events = false
  #chunks: Buffer[] = []

  constructor(sink: AnswerSink, connectionId: string) {
    this.#sink = sink
    this.#connectionId = connectionId
  }

  whole(status: number, answer: WireBytes): void {
    this.#sink.whole(status, qualifyLinks(bytesOf(answer), this.#connectionId))
  }

  json(status: number): void {
    this.#status = status
  }

  events(): void {
    this.#events = true
    this.#sink.events()
  }

  write(bytes: Buffer): boolean {
    if (this.#events) return this.#sink.write(this.#qualifyEvents(bytes))
    this.#chunks.push(bytes)
    return true
  }

  end(): void {
    if (this.#events) this.#sink.end()
    else this.whole(this.#status, Buffer.concat(this.#chunks))
  }

  fail(error: AppError): void {
    this.#sink.fail(error)
  }

  #qualifyEvents(bytes: Buffer): Buffer {
    if (!bytes.includes('"uri"')) return bytes
    const events = new SseSplitter(bytes.length).push(bytes)
    return Buffer.concat(events.map(({ raw, data, id }) => (data?.includes('"uri"') ? encodeSse(qualifyLinks(data, this.#connectionId), id) : raw)))
  }
}
