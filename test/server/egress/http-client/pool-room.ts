// Socket pools in front of an upstream that says what a test wants, byte by byte.
import type { Socket } from 'node:net'
import type { Connect } from '../../../../server/egress/connector.ts'
import { Exchange } from '../../../../server/egress/exchange.ts'
import { encodeRequest } from '../../../../server/egress/http-client/encode-request.ts'
import { SocketPool, type SocketPoolOptions } from '../../../../server/egress/http-client/socket-pool.ts'
import { connectPlain } from '../../../../server/egress/plain-socket.ts'
import { requestTo } from '../../../support/test-egress.ts'
import { startRawUpstream, type RawRequest, type RawUpstream } from './raw-upstream.ts'

export const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

export const encoded = (path: string) => encodeRequest({ method: 'GET', path, host: 'a', via: 'b', headers: [], body: null })

export function createPoolRoom() {
  let upstream: RawUpstream | undefined
  const pools: SocketPool[] = []
  const connectUpstream = (): Socket => connectPlain({ port: Number(upstream!.url.port), host: '127.0.0.1' })
  const toUpstream: Connect = (done) => {
    const socket = connectUpstream()
    socket.once('connect', () => done(null, socket))
  }
  return {
    start: async (onRequest: (request: RawRequest) => void) => (upstream = await startRawUpstream(onRequest)),
    connect: connectUpstream,
    toUpstream,
    open(options: Partial<SocketPoolOptions> = {}): SocketPool {
      const pool = new SocketPool({ connect: toUpstream, maxSockets: 1024, onEmpty() {}, ...options })
      pools.push(pool)
      return pool
    },
    /** After each test. */
    async close() {
      for (const pool of pools.splice(0)) pool.close()
      await upstream?.stop()
      upstream = undefined
    },
  }
}

/** Sends on the pool; what came of it. */
export function send(pool: SocketPool, path = '/', headersTimeoutMs = 10_000, payer?: string): { exchange: Exchange; outcome: Promise<string> } {
  let exchange!: Exchange
  const outcome = new Promise<string>((resolve) => {
    exchange = new Exchange(requestTo('http://127.0.0.1/', { headersTimeoutMs, payer }), {
      onHead() {},
      onData() {},
      onEnd: () => resolve('ok'),
      onError: ({ code, requestSent }) => resolve(`${code} ${requestSent ? 'sent' : 'unsent'}`),
    })
  })
  pool.send(exchange, encoded(path))
  return { exchange, outcome }
}
