// One request and its answer. It sits between undici and the caller on the hot path: no streams, no
// promises; bytes pass through as they come, counted, and decoded only if they are coded.
import type { Dispatcher } from 'undici'
import { createDecoder, readContentCoding, type ContentCoding, type Decoder } from './decoder.ts'
import type { Trust } from './destination.ts'
import { egressErrorFrom, exchangeAborted, invalidResponse, responseTooLarge, upstreamTimeout, type EgressError } from './errors.ts'

export type ResponseHeaders = Record<string, string | string[] | undefined>

/** Exactly one of `onEnd` and `onError` is called, and nothing after it. */
export interface EgressHandler {
  /** Content coding and its length are already taken off. A redirect is a status like any other. */
  onHead(status: number, headers: ResponseHeaders): void
  onData(chunk: Buffer): void
  onEnd(): void
  onError(error: EgressError): void
}

export interface EgressExchange {
  /** Ends the exchange at once with `upstream.aborted` and frees the socket. */
  abort(): void
  /** Stops `onData` (a chunk already under way may still come) and, in turn, the upstream. */
  pause(): void
  resume(): void
}

export interface EgressRequest {
  url: URL
  method: 'GET' | 'POST' | 'DELETE'
  /** Exactly what is sent, beside Host, Content-Length, Connection and Via. */
  headers: Readonly<Record<string, string>> | readonly string[]
  body: Buffer | null
  trust: Trust
  /** From dispatch to the head of the answer, waiting for a socket included. */
  headersTimeoutMs: number
  /** The longest silence inside the body; 0 = any. */
  bodyIdleTimeoutMs: number
  /** Of the body after decoding; an event stream has no end and no limit. */
  maxBytes: number
}

// An upstream may announce itself with 103 and the like, but not instead of answering.
const MAX_INFORMATIONAL = 8
const EVENT_STREAM = /^text\/event-stream\b/i

export class Exchange implements EgressExchange, Dispatcher.DispatchHandler {
  readonly #handler: EgressHandler
  readonly #timer: NodeJS.Timeout
  #bytesLeft: number
  #controller: Dispatcher.DispatchController | undefined
  #coding: ContentCoding | undefined
  #decoder: Decoder | undefined
  #informational = 0
  #headReceived = false
  #paused = false
  #over = false

  constructor(request: EgressRequest, handler: EgressHandler) {
    this.#handler = handler
    this.#bytesLeft = request.maxBytes
    this.#timer = setTimeout(() => this.fail(upstreamTimeout(this.#controller !== undefined)), request.headersTimeoutMs)
  }

  abort(): void {
    // An error costs a stack trace, and most exchanges are over when their caller leaves.
    if (!this.#over) this.fail(exchangeAborted(this.#controller !== undefined))
  }

  pause(): void {
    this.#paused = true
    if (this.#decoder) this.#decoder.pause()
    else this.#controller?.pause()
  }

  resume(): void {
    this.#paused = false
    if (this.#decoder) this.#decoder.resume()
    else this.#controller?.resume()
  }

  /** Ends the exchange, whoever found the reason. */
  fail(error: EgressError): void {
    if (this.#over) return
    this.#finish()
    this.#decoder?.destroy()
    this.#controller?.abort(error)
    this.#handler.onError(error)
  }

  // undici calls this immediately before it writes: from here on the upstream may have seen the request.
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#over) controller.abort(exchangeAborted(false))
    else if (this.#paused) controller.pause()
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: ResponseHeaders): void {
    if (this.#over) return
    if (status < 200) {
      if (++this.#informational > MAX_INFORMATIONAL) this.fail(invalidResponse())
      return
    }
    clearTimeout(this.#timer)
    this.#headReceived = true
    if (EVENT_STREAM.test(String(headers['content-type']))) this.#bytesLeft = Infinity
    const coding = readContentCoding(headers['content-encoding'])
    if (coding === undefined) {
      if (Number(headers['content-length']) > this.#bytesLeft) return this.fail(responseTooLarge())
      return this.#handler.onHead(status, headers)
    }
    if (coding === 'unknown') return this.fail(invalidResponse())
    this.#coding = coding
    this.#handler.onHead(status, withoutCoding(headers))
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over) return
    if (this.#coding === undefined) this.#deliver(chunk)
    else (this.#decoder ??= this.#openDecoder(this.#coding, chunk)).write(chunk)
  }

  onResponseEnd(): void {
    if (this.#decoder) this.#decoder.end()
    else this.#succeed()
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.#controller) return this.fail(egressErrorFrom(error, this.#headReceived ? 'head_received' : 'sent'))
    // undici may say so from inside `dispatch`, when the caller does not hold the exchange yet.
    queueMicrotask(() => this.fail(egressErrorFrom(error, 'unsent')))
  }

  #deliver(chunk: Buffer): void {
    if (this.#over) return
    this.#bytesLeft -= chunk.length
    if (this.#bytesLeft < 0) this.fail(responseTooLarge())
    else this.#handler.onData(chunk)
  }

  #openDecoder(coding: ContentCoding, first: Buffer): Decoder {
    const decoder = createDecoder(coding, first, {
      onData: (chunk) => this.#deliver(chunk),
      onEnd: () => this.#succeed(),
      onError: (cause) => this.fail(invalidResponse(cause)),
      onFull: () => this.#controller?.pause(),
      onDrain: () => this.#controller?.resume(),
    })
    if (this.#paused) {
      decoder.pause()
      // From here on the reader's pause holds the decoder, and the decoder holds the socket.
      this.#controller?.resume()
    }
    return decoder
  }

  #succeed(): void {
    if (this.#over) return
    this.#finish()
    this.#handler.onEnd()
  }

  #finish(): void {
    this.#over = true
    clearTimeout(this.#timer)
  }
}

/** The head of what the caller will read: neither coded nor of the coded length. */
function withoutCoding(headers: ResponseHeaders): ResponseHeaders {
  const { 'content-encoding': _coding, 'content-length': _length, ...rest } = headers
  return rest
}
