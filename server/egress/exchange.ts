// One request and its answer. It sits between the socket and the caller on the hot path: no streams, no
// promises; bytes pass through as they come, counted, and decoded only if they are coded.
import type { WireBytes } from '../lib/wire-bytes.ts'
import { createDecoder, readContentCoding, type ContentCoding, type Decoder } from './decoder.ts'
import type { Trust } from './destination.ts'
import { exchangeAborted, invalidResponse, responseTooLarge, upstreamTimeout, type EgressError } from './errors.ts'
import type { CarriedRequest, Carrier } from './http-client/carrier.ts'
import type { ResponseHeaders } from './http-client/parse-head.ts'

export type { ResponseHeaders } from './http-client/parse-head.ts'

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
  body: WireBytes | null
  trust: Trust
  /** Whose share of the origin's sockets it takes; what nobody in particular asked for shares one. */
  payer?: string | undefined
  /** From dispatch to the head of the answer, waiting for a socket included. */
  headersTimeoutMs: number
  /** The longest silence inside the body; 0 = any. */
  bodyIdleTimeoutMs: number
  /** Of the body after decoding; an event stream has no end and no limit. */
  maxBytes: number
}

const EVENT_STREAM = /^text\/event-stream\b/i

export class Exchange implements EgressExchange, CarriedRequest {
  readonly payer: string
  readonly headDueAt: number
  readonly bodyIdleTimeoutMs: number
  readonly #handler: EgressHandler
  #bytesLeft: number
  #leaveQueue: (() => void) | undefined
  #queueTimer: NodeJS.Timeout | undefined
  /** While the socket is ours. */
  #carrier: Carrier | undefined
  #coding: ContentCoding | undefined
  #decoder: Decoder | undefined
  #sent = false
  #paused = false
  #over = false

  constructor(request: EgressRequest, handler: EgressHandler) {
    this.#handler = handler
    this.payer = request.payer ?? ''
    this.#bytesLeft = request.maxBytes
    this.headDueAt = performance.now() + request.headersTimeoutMs
    this.bodyIdleTimeoutMs = request.bodyIdleTimeoutMs
  }

  abort(): void {
    // An error costs a stack trace, and most exchanges are over when their caller leaves.
    if (!this.#over) this.fail(exchangeAborted(this.#sent))
  }

  pause(): void {
    this.#paused = true
    if (this.#decoder) this.#decoder.pause()
    else this.#carrier?.pause()
  }

  resume(): void {
    this.#paused = false
    if (this.#decoder) this.#decoder.resume()
    else this.#carrier?.resume()
  }

  /** Ends the exchange, whoever found the reason. */
  fail(error: EgressError): void {
    if (this.#over) return
    this.#over = true
    this.#leave()
    this.#decoder?.destroy()
    this.#carrier?.cut()
    this.#handler.onError(error)
  }

  onQueued(leave: () => void): void {
    this.#leaveQueue = leave
    this.#queueTimer ??= setTimeout(() => this.fail(upstreamTimeout(false)), this.headDueAt - performance.now())
  }

  onRequestStart(carrier: Carrier): void {
    this.#leave()
    this.#sent = true
    this.#carrier = carrier
    if (this.#paused) carrier.pause()
  }

  onResponseStart(status: number, headers: ResponseHeaders): void {
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

  onResponseData(chunk: Buffer): void {
    if (this.#coding === undefined) this.#deliver(chunk)
    else (this.#decoder ??= this.#openDecoder(this.#coding, chunk)).write(chunk)
  }

  onResponseEnd(): void {
    this.#carrier = undefined
    if (this.#decoder) this.#decoder.end()
    else this.#succeed()
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
      onFull: () => this.#carrier?.pause(),
      onDrain: () => this.#carrier?.resume(),
    })
    if (this.#paused) {
      decoder.pause()
      // From here on the reader's pause holds the decoder, and the decoder holds the socket.
      this.#carrier?.resume()
    }
    return decoder
  }

  #succeed(): void {
    if (this.#over) return
    this.#over = true
    this.#handler.onEnd()
  }

  #leave(): void {
    if (this.#leaveQueue === undefined) return
    clearTimeout(this.#queueTimer)
    this.#leaveQueue()
    this.#leaveQueue = undefined
  }
}

/** The head of what the caller will read: neither coded nor of the coded length. */
function withoutCoding(headers: ResponseHeaders): ResponseHeaders {
  const { 'content-encoding': _coding, 'content-length': _length, ...rest } = headers
  return rest
}
