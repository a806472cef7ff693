import { afterEach, describe, expect, it, vi } from 'vitest'
import type { EgressError } from '../../../../server/egress/errors.ts'
import { Exchange } from '../../../../server/egress/exchange.ts'
import { encodeRequest } from '../../../../server/egress/http-client/encode-request.ts'
import { requestTo } from '../../../support/test-egress.ts'
import { createPoolRoom, encoded, OK, send } from './pool-room.ts'

const room = createPoolRoom()
afterEach(async () => {
  vi.useRealTimers()
  await room.close()
})

describe('an idle socket', () => {
  it.each<[string, string, number]>([
    ['after a minute', '', 60_000],
    ['two seconds before the upstream would', 'keep-alive: timeout=5\r\n', 3_000],
    ['after ten minutes, however long the upstream would keep it', 'keep-alive: timeout=86400\r\n', 600_000],
  ])('is closed %s', async (_, field, idleMs) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const upstream = await room.start(({ socket }) => socket.write(`HTTP/1.1 200 OK\r\n${field}content-length: 2\r\n\r\nok`))
    const onEmpty = vi.fn<() => void>()
    expect(await send(room.open({ onEmpty })).outcome).toBe('ok')
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
    const upstream = await room.start(({ socket }) => socket.write(`HTTP/1.1 200 OK\r\n${fields}\r\nok`))
    const pool = room.open()
    expect(await send(pool).outcome).toBe('ok')
    expect(await send(pool).outcome).toBe('ok')
    expect(upstream.connections()).toBe(2)
  })

  it('that the upstream closes carries nothing any more', async () => {
    const upstream = await room.start(({ socket }) => void socket.end(OK))
    const onEmpty = vi.fn<() => void>()
    const pool = room.open({ onEmpty })
    expect(await send(pool).outcome).toBe('ok')
    await upstream.closed(1)
    await vi.waitUntil(() => onEmpty.mock.calls.length > 0)
    expect(await send(pool).outcome).toBe('ok')
  })
})

describe('an answer', () => {
  it('that ends with its connection is whole, also for a reader who pauses', async () => {
    const upstream = await room.start(({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\nfirst ')
      socket.end('last')
    })
    const pool = room.open()
    let body = ''
    await new Promise<void>((resolve, reject) => {
      const onData = (chunk: Buffer) => {
        body += chunk.toString()
        exchange.pause()
        setImmediate(() => exchange.resume())
      }
      const exchange = new Exchange(requestTo('http://127.0.0.1/'), { onHead() {}, onData, onEnd: resolve, onError: reject })
      pool.send(exchange, encoded('/'))
    })
    expect(body).toBe('first last')
    await upstream.closed(1)
  })

  it('that comes before the request is written does not free the socket', async () => {
    const big = Buffer.alloc(16 * 1024 * 1024, 0x20)
    // It answers the first bytes, and reads no more.
    const upstream = await room.start(({ socket }) => {
      socket.write(OK)
      socket.pause()
    })
    const pool = room.open()
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
    const upstream = await room.start(({ socket }) => socket.write(OK))
    const pool = room.open()
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
