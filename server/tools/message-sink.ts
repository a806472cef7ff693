// Every message of an answer as a value, while it comes: for somebody who watches a call.
import { AppError, toAppError } from '../lib/app-error.ts'
import type { AsyncQueue } from '../lib/async-queue.ts'
import { MIB } from '../lib/units.ts'
import type { AnswerSink } from '../mcp/answer-sink.ts'
import { bytesOf, type WireBytes } from '../lib/wire-bytes.ts'
import { SseSplitter } from '../mcp/sse.ts'
import { readMessage } from './read-answer.ts'
import type { ReceivedMessage } from './tool-call-event.ts'

const MAX_MESSAGES = 1000
const MAX_BYTES = 16 * MIB

const tooMuchToShow = () =>
  new AppError({
    code: 'tools.stream_too_long',
    kind: 'upstream',
    message: 'The MCP server sends more than can be shown, which is 1,000 messages or 16 MB. Call the tool through the MCP endpoint instead.',
  })

export class MessageSink implements AnswerSink {
  readonly #queue: AsyncQueue<ReceivedMessage>
  readonly #elapsedMs: () => number
  #events = false
  /** Of an answer in one piece that comes in several. */
  #chunks: Buffer[] = []
  #messages = 0
  #bytes = 0

  constructor(queue: AsyncQueue<ReceivedMessage>, elapsedMs: () => number) {
    this.#queue = queue
    this.#elapsedMs = elapsedMs
  }

  whole(_status: number, answer: WireBytes): void {
    this.#take(bytesOf(answer))
    this.#queue.close()
  }

  json(): void {}

  events(): void {
    this.#events = true
  }

  /** An exchange hands over events one by one, each of them whole. */
  write(bytes: Buffer): boolean {
    if (!this.#events) this.#chunks.push(bytes)
    else for (const { data } of new SseSplitter(bytes.length).push(bytes)) if (data) this.#take(data)
    return true
  }

  end(): void {
    if (!this.#events) this.#take(Buffer.concat(this.#chunks))
    this.#queue.close()
  }

  fail(error: AppError): void {
    this.#queue.fail(error)
  }

  #take(bytes: Buffer): void {
    this.#messages++
    this.#bytes += bytes.length
    if (this.#messages > MAX_MESSAGES || this.#bytes > MAX_BYTES) return this.#queue.fail(tooMuchToShow())
    try {
      this.#queue.push({ atMs: this.#elapsedMs(), message: readMessage(bytes) })
    } catch (error) {
      this.#queue.fail(toAppError(error))
    }
  }
}
