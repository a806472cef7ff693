// A pooled answer on its way to a caller's response.
import type { ServerResponse } from 'node:http'
import type { AppError } from '../lib/app-error.ts'
import type { AnswerSink } from '../mcp/answer-sink.ts'
import { encodeSse } from '../mcp/sse.ts'
import { bytesOf, type WireBytes } from '../lib/wire-bytes.ts'
import { EVENT_STREAM_HEADERS, JSON_HEADER_LIST, JSON_HEADERS } from './answer-headers.ts'
import { rpcErrorBody, sendRpcError } from './rpc-answer.ts'

const ONE_WRITE_BYTES = 16 * 1024

export interface ResponseSinkOptions {
  response: ServerResponse
  idToken: string
  requestId: string
  /** Of failures, where their own would mean something else. */
  errorStatus?: number | undefined
  /** What its caller is told of a failure. */
  explain(error: AppError): AppError
  /** The answer is over; `failed` if it was an error of ours, which has a code, or of the upstream's transport. */
  onOver(failed: boolean, code?: string): void
  /** The socket takes more. */
  onDrain(): void
  onStream(): void
}

export class ResponseSink implements AnswerSink {
  readonly #options: ResponseSinkOptions
  #events = false

  constructor(options: ResponseSinkOptions) {
    this.#options = options
  }

  whole(status: number, answer: WireBytes): void {
    const { response, onOver } = this.#options
    response.writeHead(status, JSON_HEADER_LIST.concat('content-length', String(answer.length)))
    // Node joins a string with the head into one write.
    if (answer.length <= ONE_WRITE_BYTES) response.end(typeof answer === 'string' ? answer : answer.toString('latin1'), 'latin1')
    else response.end(bytesOf(answer))
    onOver(status >= 400)
  }

  json(status: number): void {
    this.#options.response.writeHead(status, JSON_HEADERS)
  }

  events(): void {
    this.#events = true
    this.#options.response.writeHead(200, EVENT_STREAM_HEADERS)
    this.#options.response.flushHeaders()
    this.#options.onStream()
  }

  write(bytes: Buffer): boolean {
    const { response, onDrain } = this.#options
    const more = response.write(bytes)
    // One chunk may hold many events, and each of them finds the socket full.
    if (!more && response.listenerCount('drain') === 0) response.once('drain', onDrain)
    return more
  }

  end(): void {
    this.#options.response.end()
    this.#options.onOver(false)
  }

  fail(failure: AppError): void {
    const { response, idToken, requestId, errorStatus, explain } = this.#options
    const error = explain(failure)
    if (!response.headersSent) sendRpcError(response, error, idToken, requestId, errorStatus)
    else if (this.#events) response.end(encodeSse(rpcErrorBody(error, idToken, requestId)))
    // Half of a JSON answer is out: only a broken connection says that it will never be whole.
    else response.destroy()
    this.#options.onOver(true, error.code)
  }
}
