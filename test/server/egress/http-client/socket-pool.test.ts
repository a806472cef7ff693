import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Connect } from '../../../../server/egress/connector.ts'
import type { EgressError } from '../../../../server/egress/errors.ts'
import { Exchange } from '../../../../server/egress/exchange.ts'
import { encodeRequest } from '../../../../server/egress/http-client/encode-request.ts'
import { SocketPool, type SocketPoolOptions } from '../../../../server/egress/http-client/socket-pool.ts'
import { requestTo } from '../../../support/test-egress.ts'
import { startRawUpstream, type RawRequest, type RawUpstream } from './raw-upstream.ts'

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

let upstream: RawUpstream | undefined
const pools: SocketPool[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const pool of pools.splice(0)) pool.close()
  await upstream?.stop()
  upstream = undefined
})

const toUpstream: Connect = (done) => {
  const socket: Socket = connect(Number(upstream!.url.port), '127.0.0.1', () => done(null, socket))
}

function openPool(options: Partial<SocketPoolOptions> = {}): SocketPool {
  const pool = new SocketPool({ connect: toUpstream, maxSockets: 1024, onEmpty() {}, ...options })
  pools.push(pool)
  return pool
}

const encoded = (path: string) => encodeRequest({ method: 'GET', path, host: 'a', via: 'b', headers: [], body: null })

/** Sends on the pool; what came of it. */
function send(pool: SocketPool, path = '/', headersTimeoutMs = 10_000, payer?: string): { exchange: Exchange; outcome: Promise<string> } {
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

describe('a pool', () => {
  it('opens no more sockets than its one payer may have, and serves those who wait in their order', async () => {
    const asked: string[] = []
    upstream = await startRawUpstream(({ socket, text }) => {
      asked.push(text.split(' ')[1]!)
      socket.write(OK)
    })
    const pool = openPool({ maxSockets: 4 })
    const paths = Array.from({ length: 20 }, (_, at) => `/${at}`)
    expect(new Set(await Promise.all(paths.map((path) => send(pool, path).outcome)))).toEqual(new Set(['ok']))
    expect(upstream.connections()).toBe(2)
    expect(asked.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)))).toEqual(paths)
  })

  it('serves a newcomer at once, however long the line of another payer is', async () => {
    upstream = await startRawUpstream(({ socket, text }) => {
      if (!text.startsWith('GET /hangs')) socket.write(OK)
    })
    const pool = openPool({ maxSockets: 4 })
    const noisy = Array.from({ length: 10 }, () => send(pool, '/hangs', 10_000, 'noisy'))
    expect(await send(pool, '/', 10_000, 'quiet').outcome).toBe('ok')
    pool.close()
    expect((await Promise.all(noisy.map(({ outcome }) => outcome))).filter((outcome) => outcome === 'upstream.shutting_down unsent')).toHaveLength(8)
  })

  it('forgets who leaves the line: their request reaches nobody', async () => {
    const asked: string[] = []
    let first: RawRequest | undefined
    upstream = await startRawUpstream((request) => {
      asked.push(request.text.split(' ')[1]!)
      if (first) request.socket.write(OK)
      else first = request
    })
    const pool = openPool({ maxSockets: 2 })
    const [holding, leaving, staying] = ['/holds', '/leaves', '/stays'].map((path) => send(pool, path))
    leaving!.exchange.abort()
    await vi.waitUntil(() => first, { timeout: 10_000 })
    first!.socket.write(OK)
    expect(await Promise.all([holding!.outcome, staying!.outcome])).toEqual(['ok', 'ok'])
    expect(asked).toEqual(['/holds', '/stays'])
  })

  it('gives the place of a closed socket to whoever waits', async () => {
    upstream = await startRawUpstream(({ socket, request }) => void (request === 1 ? socket.end() : socket.write(OK)))
    const pool = openPool({ maxSockets: 1 })
    const [lost, next] = [send(pool), send(pool)]
    expect(await lost.outcome).toBe('upstream.connection_lost sent')
    expect(await next.outcome).toBe('ok')
  })

  it('tells those who wait in vain that nothing was sent', async () => {
    let first: RawRequest | undefined
    upstream = await startRawUpstream((request) => void (first ??= request))
    const pool = openPool({ maxSockets: 1 })
    const holding = send(pool)
    await vi.waitUntil(() => first)
    expect(await send(pool, '/', 20).outcome).toBe('upstream.timeout unsent')
    const leaving = send(pool)
    leaving.exchange.abort()
    expect(await leaving.outcome).toBe('upstream.aborted unsent')
    first!.socket.write(OK)
    expect(await holding.outcome).toBe('ok')
  })

  it('fails as many requests as it got no sockets, and none of those that are served', async () => {
    upstream = await startRawUpstream(({ socket }) => socket.write(OK))
    let attempts = 0
    const pool = openPool({ connect: (done) => (++attempts <= 2 ? done(new Error('refused'), undefined) : toUpstream(done)) })
    const outcomes = await Promise.all([1, 2, 3].map(() => send(pool).outcome))
    expect(outcomes.toSorted()).toEqual(['ok', 'upstream.unreachable unsent', 'upstream.unreachable unsent'])
  })

  it('fails everybody when no socket can be had, those beyond its limit too', async () => {
    const onEmpty = vi.fn<() => void>()
    const pool = openPool({ maxSockets: 2, connect: (done) => done(new Error('refused'), undefined), onEmpty })
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => send(pool).outcome))
    expect(new Set(outcomes)).toEqual(new Set(['upstream.unreachable unsent']))
    expect(onEmpty).toHaveBeenCalled()
  })

  it('says that it is empty when its last socket is gone', async () => {
    upstream = await startRawUpstream(({ socket }) => socket.write('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok'))
    const onEmpty = vi.fn<() => void>()
    expect(await send(openPool({ onEmpty })).outcome).toBe('ok')
    await upstream.closed(1)
    expect(onEmpty).toHaveBeenCalledTimes(1)
  })

  it('that is closed ends what it carries and what waits, and keeps no socket that comes late', async () => {
    let asked = () => {}
    const arrived = new Promise<void>((resolve) => void (asked = resolve))
    upstream = await startRawUpstream(() => asked())
    let late: Socket | undefined
    let connects = 0
    const pool = openPool({
      connect: (done) => {
        connects += 1
        if (connects === 1) toUpstream(done)
        else setImmediate(() => done(null, (late = connect(Number(upstream!.url.port), '127.0.0.1'))))
      },
    })
    const carried = send(pool)
    await arrived
    const waiting = send(pool)
    pool.close()
    expect([await carried.outcome, await waiting.outcome]).toEqual(['upstream.shutting_down sent', 'upstream.shutting_down unsent'])
    await vi.waitUntil(() => late)
    expect(late!.destroyed).toBe(true)
  })
})

describe('an idle socket', () => {
  it.each<[string, string, number]>([
    ['after a minute', '', 60_000],
    ['two seconds before the upstream would', 'keep-alive: timeout=5\r\n', 3_000],
    ['after ten minutes, however long the upstream would keep it', 'keep-alive: timeout=86400\r\n', 600_000],
  ])('is closed %s', async (_, field, idleMs) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    upstream = await startRawUpstream(({ socket }) => socket.write(`HTTP/1.1 200 OK\r\n${field}content-length: 2\r\n\r\nok`))
    const onEmpty = vi.fn<() => void>()
    expect(await send(openPool({ onEmpty })).outcome).toBe('ok')
    vi.advanceTimersByTime(idleMs - 10)
    expect(onEmpty).not.toHaveBeenCalled()
    vi.advanceTimersByTime(20)
    expect(onEmpty).toHaveBeenCalled()
    await upstream.closed(1)
  })

  it.each<[string, string]>([
    ['says that it closes', 'connection: close\r\ncontent-length: 2\r\n'],
    ['would close before we do', 'keep-alive: timeout=2\r\ncontent-length: 2\r\n'],
  ])('is not kept if the upstream %s', async (_, fields) => {
    upstream = await startRawUpstream(({ socket }) => socket.write(`HTTP/1.1 200 OK\r\n${fields}\r\nok`))
    const pool = openPool()
    expect(await send(pool).outcome).toBe('ok')
    expect(await send(pool).outcome).toBe('ok')
    expect(upstream.connections()).toBe(2)
  })

  it('that the upstream closes carries nothing any more', async () => {
    upstream = await startRawUpstream(({ socket }) => void socket.end(OK))
    const onEmpty = vi.fn<() => void>()
    const pool = openPool({ onEmpty })
    expect(await send(pool).outcome).toBe('ok')
    await upstream.closed(1)
    await vi.waitUntil(() => onEmpty.mock.calls.length > 0)
    expect(await send(pool).outcome).toBe('ok')
  })
})

describe('an answer', () => {
  it('that comes before the request is written does not free the socket', async () => {
    const big = Buffer.alloc(16 * 1024 * 1024, 0x20)
    // It answers the first bytes, and reads no more.
    upstream = await startRawUpstream(({ socket }) => {
      socket.write(OK)
      socket.pause()
    })
    const pool = openPool()
    const ended = new Promise<string>((resolve) => {
      const handler = { onHead() {}, onData() {}, onEnd: () => resolve('ok'), onError: ({ code }: EgressError) => resolve(code) }
      const exchange = new Exchange(requestTo('http://127.0.0.1/'), handler)
      pool.send(exchange, encodeRequest({ method: 'POST', path: '/', host: 'a', via: 'b', headers: [], body: big }))
    })
    expect(await ended).toBe('ok')
    expect(await send(pool).outcome).toBe('ok')
    expect(upstream.connections()).toBe(2)
  })

  it('whose reader makes a mistake costs that call, and the socket', async () => {
    upstream = await startRawUpstream(({ socket }) => socket.write(OK))
    const pool = openPool()
    const failed = new Promise<string>((resolve) => {
      const onHead = () => {
        throw new TypeError('a mistake')
      }
      const handler = { onHead, onData() {}, onEnd() {}, onError: ({ code }: EgressError) => resolve(code) }
      pool.send(new Exchange(requestTo('http://127.0.0.1/'), handler), encoded('/'))
    })
    expect(await failed).toBe('upstream.connection_lost')
    expect(await send(pool).outcome).toBe('ok')
    expect(upstream.connections()).toBe(2)
  })
})
