// A reply that is an event stream: of its messages those that concern the caller, until the answer.
import { MAX_EVENT_BYTES } from './collect-reply.ts'
import { headerListOf, type HeaderList } from './header-list.ts'
import { MessageRefused } from './message-scan.ts'
import { deliverMessage, type ReplyReader, type ReplyTarget } from './reply-reader.ts'
import { encodeSse, SseOverflow, SseSplitter } from './sse.ts'
import type { Translation } from './translate-message.ts'
import { invalidResponse } from './upstream-error.ts'

/** Where a stream can be taken up again (Streamable HTTP, resumability). */
export interface StreamPosition {
  lastEventId: string | undefined
  retryMs: number
}

const MAX_RETRY_MS = 10_000

export class EventReply implements ReplyReader {
  readonly #target: ReplyTarget
  readonly #translation: Translation
  readonly #position: StreamPosition
  readonly #ended: () => void
  readonly #splitter = new SseSplitter(MAX_EVENT_BYTES)

  /** `ended`: the stream is over, and the answer was not in it. */
  constructor(target: ReplyTarget, translation: Translation, position: StreamPosition, ended: () => void) {
    this.#target = target
    this.#translation = translation
    this.#position = position
    this.#ended = ended
  }

  onData(chunk: Buffer): void {
    try {
      for (const event of this.#splitter.push(chunk)) {
        if (event.id !== undefined && event.id !== '') this.#position.lastEventId = event.id
        if (event.retryMs !== undefined) this.#position.retryMs = Math.min(event.retryMs, MAX_RETRY_MS)
        if (event.data && event.data.length > 0) deliverMessage(this.#target, this.#translation, event.data, frame)
        if (this.#target.isOver) return
      }
    } catch (error) {
      if (!(error instanceof SseOverflow) && !(error instanceof MessageRefused)) throw error
      const what = error instanceof SseOverflow ? 'an event that is too large' : 'an event that is not a JSON-RPC message'
      this.#target.fail(invalidResponse(what, error))
    }
  }

  onEnd(): void {
    this.#ended()
  }
}

/** For the GET that goes on where the stream ended. */
export function resumptionHeaders(sessionHeaders: Readonly<Record<string, string>>, lastEventId: string): HeaderList {
  const { 'content-type': _body, ...headers } = sessionHeaders
  return headerListOf({ ...headers, accept: 'text/event-stream', 'last-event-id': lastEventId })
}

const frame = (bytes: Buffer): Buffer => encodeSse(bytes)
