// A stream of events as a caller may see it: each message shown or changed, the bytes of all others as they came.
import { MAX_EVENT_BYTES } from '../mcp/collect-reply.ts'
import { encodeSse, SseOverflow, SseSplitter } from '../mcp/sse.ts'
import { invalidResponse } from '../mcp/upstream-error.ts'

/** What of a message a caller gets to see. It throws for what cannot be shown at all. */
export type Show = (message: Buffer) => Buffer

export class ShownEvents {
  readonly #splitter = new SseSplitter(MAX_EVENT_BYTES)
  readonly #show: Show

  constructor(show: Show) {
    this.#show = show
  }

  /** The events that this chunk completes. @throws upstream.invalid_response */
  push(chunk: Buffer): Buffer {
    try {
      return Buffer.concat(this.#splitter.push(chunk).map(({ raw, data, id }) => this.#shown(raw, data, id)))
    } catch (error) {
      throw error instanceof SseOverflow ? invalidResponse('an event that is too large', error) : error
    }
  }

  #shown(raw: Buffer, data: Buffer | undefined, id: string | undefined): Buffer {
    const shown = data && this.#show(data)
    return shown === undefined || shown === data ? raw : encodeSse(shown, id)
  }
}
