// Relays an upstream's answer as it comes: status and bytes, under our headers. Used where one caller
// has one upstream session, and where both sides speak 2026-07-28.
import type { ServerResponse } from 'node:http'
import type { EgressExchange, EgressHandler } from '../egress/exchange.ts'
import type { AppError } from '../lib/app-error.ts'
import { KIB } from '../lib/units.ts'
import { answersRequest } from '../mcp/answers-request.ts'
import { contentTypeOf, MAX_ERROR_BYTES, MAX_EVENT_BYTES, parseMessage, type ReplyHeaders } from '../mcp/collect-reply.ts'
import { encodeSse, SseSplitter } from '../mcp/sse.ts'
import { failedReply, invalidResponse, isSessionComplaint, streamCut, unexpectedStatus } from '../mcp/upstream-error.ts'
import { EVENT_STREAM_HEADERS, JSON_HEADERS } from './answer-headers.ts'
import { sessionNotFound } from './gateway-errors.ts'
import { rpcErrorBody, sendRpcError } from './rpc-answer.ts'

/** Longer answers stream. */
const MAX_HELD_BYTES = 64 * KIB

export interface TransparentAnswerOptions {
  response: ServerResponse
  requestId: string
  /** What its caller is told of a failure. */
  explain(error: AppError): AppError
  /** The request's id as JSON text; `undefined` for notifications, responses and GET streams. */
  idToken: string | undefined
  /** The request named an upstream session, so "no such session" can be the answer. */
  inSession: boolean
  /** Notifications, responses, DELETE: that it succeeded is all there is to say. */
  awaitsNothing: boolean
  /** What is wrong with a successful answer that starts like this. */
  refuseHead?(headers: ReplyHeaders): AppError | undefined
  /** Headers of ours to put on a successful answer, from the upstream's. */
  extraHeaders(headers: ReplyHeaders): Record<string, string>
  /** A status that means something to whoever sent this: true = taken over, nothing was sent yet. */
  takeOver?(status: number, headers: ReplyHeaders): boolean
  onStream(): void
  onOver(failed: boolean, code?: string): void
}

export class TransparentAnswer implements EgressHandler {
  readonly #options: TransparentAnswerOptions
  exchange: EgressExchange | undefined
  #mode: 'relay' | 'json' | 'failure' | 'taken' | 'done' = 'done'
  #over = false
  #status = 0
  #headers: ReplyHeaders = {}
  #chunks: Buffer[] = []
  #bytes = 0
  // Whether a stream has delivered what was asked for, or can be taken up again by the caller.
  #watch: SseSplitter | undefined
  #answered = false
  #resumable = false

  constructor(options: TransparentAnswerOptions) {
    this.#options = options
  }

  onHead(status: number, headers: ReplyHeaders): void {
    this.#status = status
    this.#headers = headers
    const type = contentTypeOf(headers)
    const { awaitsNothing } = this.#options
    const refusal = status === 200 ? this.#options.refuseHead?.(headers) : undefined
    if (refusal) return this.#fail(refusal)
    if (awaitsNothing && status >= 200 && status < 300 && (status !== 200 || type === 'other')) this.#acknowledge()
    else if (status === 200 && type === 'event-stream') this.#startStream()
    else if (status === 200 && type === 'json') this.#mode = 'json'
    else if (this.#options.takeOver?.(status, headers)) {
      this.#mode = 'taken'
      this.exchange?.abort()
    } else if (status === 200) this.#fail(invalidResponse('something that is neither JSON nor an event stream'))
    else this.#mode = 'failure'
  }

  /** Whatever the upstream says with its nod would stand under our name, so it stays here. */
  #acknowledge(): void {
    const { response, onOver } = this.#options
    this.#mode = 'done'
    response.writeHead(this.#status, this.#status === 204 ? {} : { 'content-length': '0' })
    response.end()
    onOver(false)
  }

  #startStream(): void {
    const { response, idToken, extraHeaders, onStream } = this.#options
    this.#mode = 'relay'
    if (idToken !== undefined) this.#watch = new SseSplitter(MAX_EVENT_BYTES)
    response.writeHead(200, { ...EVENT_STREAM_HEADERS, ...extraHeaders(this.#headers) })
    response.flushHeaders()
    onStream()
  }

  onData(chunk: Buffer): void {
    if (this.#mode === 'failure') {
      if (this.#bytes < MAX_ERROR_BYTES) this.#chunks.push(chunk)
      this.#bytes += chunk.length
    } else if (this.#mode === 'json') this.#hold(chunk)
    else if (this.#mode === 'relay') {
      this.#observe(chunk)
      this.#write(chunk)
    }
  }

  /** A short answer is looked at whole: after its first byte only a broken connection could tell the caller that it is none. */
  #hold(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    if (this.#bytes <= MAX_HELD_BYTES) return
    const held = Buffer.concat(this.#chunks)
    if (!/^\s*\{/.test(held.toString('latin1'))) return this.#fail(invalidResponse('something that is not a JSON-RPC message'))
    const { response, extraHeaders } = this.#options
    this.#mode = 'relay'
    response.writeHead(200, { ...JSON_HEADERS, ...extraHeaders(this.#headers) })
    this.#write(held)
  }

  #write(bytes: Buffer): void {
    const { response } = this.#options
    if (response.write(bytes)) return
    this.exchange?.pause()
    // Chunks that were under way still come: one listener is enough for all of them.
    if (response.listenerCount('drain') === 0) response.once('drain', () => this.exchange?.resume())
  }

  #observe(chunk: Buffer): void {
    if (!this.#watch || this.#answered) return
    try {
      for (const event of this.#watch.push(chunk)) {
        if (event.id !== undefined && event.id !== '') this.#resumable = true
        const message = event.data && parseMessage(event.data)
        if (message && message.method === undefined && JSON.stringify(message.id) === this.#options.idToken) this.#answered = true
      }
    } catch (error) {
      this.#fail(invalidResponse('an event that is too large', error))
    }
  }

  onEnd(): void {
    if (this.#over) return
    if (this.#mode === 'failure') return this.#onFailure(Buffer.concat(this.#chunks))
    if (this.#mode === 'json') return this.#onJson(Buffer.concat(this.#chunks))
    if (this.#mode !== 'relay') return
    // A caller that could not tell a cut stream from a slow tool would wait for its own time-out.
    if (this.#isCut()) return this.#fail(streamCut())
    this.#mode = 'done'
    this.#options.response.end()
    this.#options.onOver(this.#status >= 400)
  }

  #onJson(body: Buffer): void {
    const { response, idToken, extraHeaders, onOver } = this.#options
    if (idToken !== undefined && !answersRequest(body.toString('latin1'), idToken)) {
      return this.#fail(invalidResponse('a message that does not belong to the request'))
    }
    this.#mode = 'done'
    response.writeHead(200, { ...JSON_HEADERS, ...extraHeaders(this.#headers), 'content-length': String(body.length) })
    response.end(body)
    onOver(false)
  }

  onError(error: AppError): void {
    if (this.#mode === 'taken') return
    // A stream whose events have ids is taken up again by the caller, who sees it end.
    if (this.#mode === 'relay' && this.#watch && this.#resumable && !this.#answered) {
      this.#mode = 'done'
      this.#options.response.end()
      return this.#options.onOver(true, error.code)
    }
    this.#fail(error)
  }

  /** The caller may not have this answer any more. Whatever still comes must find nothing to write to. */
  stop(): void {
    if (this.#over || this.#mode === 'done') return
    this.#over = true
    this.#mode = 'done'
    this.exchange?.abort()
    this.#options.response.end()
    this.#options.onOver(true)
  }

  #isCut(): boolean {
    return this.#watch !== undefined && !this.#answered && !this.#resumable
  }

  #onFailure(body: Buffer): void {
    const { inSession, response } = this.#options
    if (inSession && isSessionComplaint(this.#status, body)) return this.#fail(sessionNotFound())
    if (this.#status === 401 || this.#status === 403 || this.#status === 429) return this.#fail(failedReply(this.#status, this.#headers))
    if (this.#status < 400) return this.#fail(unexpectedStatus(this.#status))
    const whole = this.#bytes <= MAX_ERROR_BYTES && contentTypeOf(this.#headers) === 'json' && isRpcError(parseMessage(body))
    if (!whole && this.#status !== 405) return this.#fail(unexpectedStatus(this.#status))
    this.#mode = 'done'
    const allow = this.#status === 405 ? { allow: 'POST, DELETE' } : {}
    response.writeHead(this.#status, { ...JSON_HEADERS, ...allow, 'content-length': String(whole ? body.length : 0) })
    response.end(whole ? body : undefined)
    this.#options.onOver(true)
  }

  #fail(failure: AppError): void {
    // Our own abort comes back as an error, too: the first one says what happened.
    if (this.#over || (this.#mode === 'done' && this.#options.response.writableEnded)) return
    this.#over = true
    const { response, idToken, requestId, explain, onOver } = this.#options
    const error = explain(failure)
    const streaming = this.#watch !== undefined
    this.#mode = 'done'
    this.exchange?.abort()
    if (response.writableEnded) return onOver(true, error.code)
    if (!response.headersSent) sendRpcError(response, error, idToken, requestId)
    // The blank line ends whatever half event was sent.
    else if (streaming) response.end(Buffer.concat([Buffer.from('\n\n'), encodeSse(rpcErrorBody(error, idToken, requestId))]))
    else response.destroy()
    onOver(true, error.code)
  }
}

/** What MCP says about errors may pass. Any other error page may quote our request, the connection's credential included. */
const isRpcError = (message: Record<string, unknown> | undefined): boolean =>
  message?.jsonrpc === '2.0' && typeof message.error === 'object' && message.error !== null
