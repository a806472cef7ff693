// The sockets of one origin: an idle one carries the next request, else one more is opened, up to a limit. Who pays for a request
// has a share of them, and a line of their own to wait in.
import type { Socket } from 'node:net'
import type { WireBytes } from '../../lib/wire-bytes.ts'
import type { Connect } from '../connector.ts'
import { egressClosed, originBusy, unsentFrom } from '../errors.ts'
import type { CarriedRequest } from './carrier.ts'
import { ClientSocket, type SocketOwner } from './client-socket.ts'
import { FairShares, type Share } from './fair-shares.ts'

export interface SocketPoolOptions {
  connect: Connect
  maxSockets: number
  /** There is no socket any more, and nobody waits for one. */
  onEmpty(): void
}

type RequestShare = Share<CarriedRequest>

export class SocketPool implements SocketOwner {
  readonly #options: SocketPoolOptions
  readonly #sockets = new Set<ClientSocket>()
  /** The one used last is taken first, so that those in excess grow old and close. */
  readonly #idle: ClientSocket[] = []
  readonly #shares: FairShares<CarriedRequest>
  /** Those whose share had room: a socket will be theirs. */
  readonly #waiting = new Map<CarriedRequest, { bytes: WireBytes; share: RequestShare }>()
  #connecting = 0
  #closed = false

  constructor(options: SocketPoolOptions) {
    this.#options = options
    this.#shares = new FairShares(options.maxSockets)
  }

  /** What goes wrong is told to the request, and never before this returns. */
  send(request: CarriedRequest, bytes: WireBytes): void {
    const share = this.#shares.shareOf(request.payer)
    if (this.#shares.take(share)) this.#begin(request, bytes, share)
    else if (this.#shares.wait(share, request, () => this.#begin(request, bytes, share))) request.onQueued(() => this.#shares.leave(share, request))
    else queueMicrotask(() => request.fail(originBusy()))
  }

  close(): void {
    this.#closed = true
    for (const request of this.#shares.everybodyWaiting) request.fail(egressClosed(false))
    for (const request of this.#waiting.keys()) request.fail(egressClosed(false))
    for (const socket of this.#sockets) socket.lose(egressClosed(true))
  }

  onFree(socket: ClientSocket, share: RequestShare): void {
    this.#offer(socket)
    this.#shares.give(share)
  }

  onClosed(socket: ClientSocket, share: RequestShare | undefined): void {
    this.#sockets.delete(socket)
    const at = this.#idle.indexOf(socket)
    if (at >= 0) this.#idle.splice(at, 1)
    if (share) this.#shares.give(share)
    this.#connectForWaiting()
    this.#retireIfEmpty()
  }

  #begin(request: CarriedRequest, bytes: WireBytes, share: RequestShare): void {
    const free = this.#idle.pop()
    if (free) return free.carry(request, bytes, share)
    this.#waiting.set(request, { bytes, share })
    request.onQueued(() => {
      if (this.#waiting.delete(request)) this.#shares.give(share)
    })
    this.#connectForWaiting()
  }

  #offer(socket: ClientSocket): void {
    for (const [request, { bytes, share }] of this.#waiting) {
      this.#waiting.delete(request)
      return socket.carry(request, bytes, share)
    }
    this.#idle.push(socket)
  }

  #connectForWaiting(): void {
    while (!this.#closed && this.#connecting < this.#waiting.size && this.#sockets.size + this.#connecting < this.#options.maxSockets) {
      this.#connecting += 1
      this.#options.connect((error, socket) => {
        // A destination that is refused is refused at once: nobody may hear of it before `send` returns.
        if (error) queueMicrotask(() => this.#onRefused(error))
        else this.#onConnected(socket)
      })
    }
  }

  #onConnected(socket: Socket): void {
    this.#connecting -= 1
    if (this.#closed) return void socket.destroy()
    const connected = new ClientSocket(socket, this)
    this.#sockets.add(connected)
    this.#offer(connected)
  }

  /** Those who still have a socket on its way to them may go on hoping. */
  #onRefused(error: Error): void {
    this.#connecting -= 1
    const [first] = this.#waiting.keys()
    if (first && this.#waiting.size > this.#connecting) first.fail(unsentFrom(error))
    this.#connectForWaiting()
    this.#retireIfEmpty()
  }

  #retireIfEmpty(): void {
    if (this.#sockets.size + this.#connecting + this.#waiting.size === 0) this.#options.onEmpty()
  }
}
