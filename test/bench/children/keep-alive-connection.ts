// One kept connection on a bare socket, one request at a time.
import { connect, type Socket } from 'node:net'
import { parseReply, type HttpReply } from './parse-reply.ts'

const NOTHING = Buffer.alloc(0)

export class KeepAliveConnection {
  readonly #socket: Socket
  #received: Buffer = NOTHING
  #waiting: { resolve(reply: HttpReply): void; reject(error: Error): void } | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (bytes) => this.#take(bytes))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('The server closed a kept connection')))
  }

  static open(port: number): Promise<KeepAliveConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      socket.once('error', reject)
      socket.once('connect', () => resolve(new KeepAliveConnection(socket.off('error', reject))))
    })
  }

  /** The bytes may be changed again when the answer is there, and not before. */
  request(bytes: Buffer): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(bytes)
    })
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #take(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes])
    try {
      const reply = parseReply(this.#received)
      if (!reply) return
      const waiting = this.#waiting
      this.#received = this.#received.subarray(reply.end)
      this.#waiting = undefined
      waiting?.resolve(reply)
    } catch (error) {
      this.#fail(error as Error)
    }
  }

  #fail(error: Error): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.reject(error)
  }
}
