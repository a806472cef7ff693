// One connected socket: carries one request at a time, and is closed for whatever is not a plain answer.
import type { Socket } from 'node:net'
import { MINUTE_MS, SECOND_MS } from '../../lib/units.ts'
import type { WireBytes } from '../../lib/wire-bytes.ts'
import { connectionLost, invalidResponse, upstreamTimeout, type EgressError } from '../errors.ts'
import { AnswerParser, type AnswerSink } from './answer-parser.ts'
import { AnswerRefusal } from './answer-refusal.ts'
import type { CarriedRequest, Carrier } from './carrier.ts'
import { Deadline } from './deadline.ts'
import type { Share } from './fair-shares.ts'
import type { AnswerHead } from './parse-head.ts'

const KEEP_ALIVE_MS = MINUTE_MS
/** An upstream may name its own keep-alive time, but not beyond this. */
const MAX_KEEP_ALIVE_MS = 10 * MINUTE_MS
/** We let go this much before the upstream says it will: the loser of that race loses a request. */
const KEEP_ALIVE_MARGIN_MS = 2 * SECOND_MS

export interface SocketOwner {
  /** It can carry the next request; the last one's share is given back. */
  onFree(socket: ClientSocket, share: Share<CarriedRequest>): void
  /** `share`: of the request that it carried. */
  onClosed(socket: ClientSocket, share: Share<CarriedRequest> | undefined): void
}

export class ClientSocket implements Carrier, AnswerSink {
  readonly #socket: Socket
  readonly #owner: SocketOwner
  readonly #parser = new AnswerParser(this)
  readonly #deadline = new Deadline(() => this.lose(upstreamTimeout(true)))
  #request: CarriedRequest | undefined
  #share: Share<CarriedRequest> | undefined
  #inBody = false
  /** For how long it may be idle after this answer; 0 = not at all. */
  #keepAliveMs = 0
  #paused = false
  #closed = false

  constructor(socket: Socket, owner: SocketOwner) {
    this.#socket = socket
    this.#owner = owner
    socket.on('data', (chunk: Buffer) => this.#onData(chunk))
    socket.on('end', () => this.#onEndOfInput())
    socket.on('close', () => this.lose(connectionLost(new Error('the socket was closed'))))
    socket.on('error', (error) => this.lose(connectionLost(error)))
    this.#deadline.moveTo(performance.now() + KEEP_ALIVE_MS)
  }

  carry(request: CarriedRequest, bytes: WireBytes, share: Share<CarriedRequest>): void {
    this.#request = request
    this.#share = share
    this.#inBody = false
    this.#parser.expect()
    this.#deadline.moveTo(request.headDueAt)
    request.onRequestStart(this)
    if (typeof bytes === 'string') this.#socket.write(bytes, 'latin1')
    else this.#socket.write(bytes)
  }

  pause(): void {
    if (this.#paused) return
    this.#paused = true
    this.#socket.pause()
    // The silence is ours now.
    if (this.#inBody) this.#deadline.lift()
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#socket.resume()
    if (this.#inBody) this.#awaitBody()
  }

  cut(): void {
    if (this.#closed) return
    this.#closed = true
    this.#request = undefined
    this.#inBody = false
    this.#parser.stop()
    this.#deadline.stop()
    this.#socket.destroy()
    this.#owner.onClosed(this, this.#share)
  }

  /** Closes it under its request, if it carries one. */
  lose(error: EgressError): void {
    const request = this.#request
    this.cut()
    request?.fail(error)
  }

  onHead(head: AnswerHead): void {
    this.#inBody = true
    this.#keepAliveMs = keepAliveOf(head)
    this.#request!.onResponseStart(head.status, head.headers)
  }

  onBody(bytes: Buffer): void {
    this.#request!.onResponseData(bytes)
  }

  onEnd(surplus: boolean): void {
    this.#inBody = false
    this.#request!.onResponseEnd()
    this.#request = undefined
    if (this.#closed) return
    // More than the answer is somebody's attempt at a second one (RFC 9112 §9.2); and a request that is not yet
    // written would be read as part of the next.
    if (surplus || this.#keepAliveMs <= 0 || this.#socket.writableLength > 0) return this.cut()
    this.#deadline.moveTo(performance.now() + this.#keepAliveMs)
    this.resume()
    const share = this.#share!
    this.#share = undefined
    this.#owner.onFree(this, share)
  }

  #onData(chunk: Buffer): void {
    if (this.#closed) return
    try {
      this.#parser.push(chunk)
    } catch (error) {
      return this.#onThrown(error)
    }
    if (this.#inBody && !this.#paused) this.#awaitBody()
  }

  #onEndOfInput(): void {
    this.#keepAliveMs = 0
    try {
      if (!this.#parser.close()) this.lose(connectionLost(new Error('closed by the upstream')))
    } catch (error) {
      this.#onThrown(error)
    }
  }

  /** What is not a refusal is a mistake above: it costs this call, not the process. */
  #onThrown(error: unknown): void {
    this.lose(error instanceof AnswerRefusal ? invalidResponse(error) : connectionLost(error))
  }

  #awaitBody(): void {
    const idleMs = this.#request!.bodyIdleTimeoutMs
    if (idleMs > 0) this.#deadline.moveTo(performance.now() + idleMs)
    else this.#deadline.lift()
  }
}

function keepAliveOf({ persistent, bodyEnd, keepAliveMs }: AnswerHead): number {
  if (!persistent || bodyEnd === 'close') return 0
  return keepAliveMs === undefined ? KEEP_ALIVE_MS : Math.min(keepAliveMs - KEEP_ALIVE_MARGIN_MS, MAX_KEEP_ALIVE_MS)
}
