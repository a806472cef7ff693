import type { Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPoolRoom, OK, send } from './pool-room.ts'
import type { RawRequest } from './raw-upstream.ts'

const room = createPoolRoom()
afterEach(() => room.close())

describe('a pool', () => {
  it('opens no more sockets than its one payer may have, and serves those who wait in their order', async () => {
    const asked: string[] = []
    const upstream = await room.start(({ socket, text }) => {
      asked.push(text.split(' ')[1]!)
      socket.write(OK)
    })
    const pool = room.open({ maxSockets: 4 })
    const paths = Array.from({ length: 20 }, (_, at) => `/${at}`)
    expect(new Set(await Promise.all(paths.map((path) => send(pool, path).outcome)))).toEqual(new Set(['ok']))
    expect(upstream.connections()).toBe(2)
    expect(asked.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)))).toEqual(paths)
  })

  it('serves a newcomer at once, however long the line of another payer is', async () => {
    await room.start(({ socket, text }) => {
      if (!text.startsWith('GET /hangs')) socket.write(OK)
    })
    const pool = room.open({ maxSockets: 4 })
    const noisy = Array.from({ length: 10 }, () => send(pool, '/hangs', 10_000, 'noisy'))
    expect(await send(pool, '/', 10_000, 'quiet').outcome).toBe('ok')
    pool.close()
    expect((await Promise.all(noisy.map(({ outcome }) => outcome))).filter((outcome) => outcome === 'upstream.shutting_down unsent')).toHaveLength(8)
  })

  it('forgets who leaves the line: their request reaches nobody', async () => {
    const asked: string[] = []
    let first: RawRequest | undefined
    await room.start((request) => {
      asked.push(request.text.split(' ')[1]!)
      if (first) request.socket.write(OK)
      else first = request
    })
    const pool = room.open({ maxSockets: 2 })
    const [holding, leaving, staying] = ['/holds', '/leaves', '/stays'].map((path) => send(pool, path))
    leaving!.exchange.abort()
    await vi.waitUntil(() => first, { timeout: 10_000 })
    first!.socket.write(OK)
    expect(await Promise.all([holding!.outcome, staying!.outcome])).toEqual(['ok', 'ok'])
    expect(asked).toEqual(['/holds', '/stays'])
  })

  it('gives the place of a closed socket to whoever waits', async () => {
    await room.start(({ socket, request }) => void (request === 1 ? socket.end() : socket.write(OK)))
    const pool = room.open({ maxSockets: 1 })
    const [lost, next] = [send(pool), send(pool)]
    expect(await lost.outcome).toBe('upstream.connection_lost sent')
    expect(await next.outcome).toBe('ok')
  })

  it('tells those who wait in vain that nothing was sent', async () => {
    let first: RawRequest | undefined
    await room.start((request) => void (first ??= request))
    const pool = room.open({ maxSockets: 1 })
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
    await room.start(({ socket }) => socket.write(OK))
    let attempts = 0
    const pool = room.open({ connect: (done) => (++attempts <= 2 ? done(new Error('refused'), undefined) : room.toUpstream(done)) })
    const outcomes = await Promise.all([1, 2, 3].map(() => send(pool).outcome))
    expect(outcomes.toSorted()).toEqual(['ok', 'upstream.unreachable unsent', 'upstream.unreachable unsent'])
  })

  it('fails everybody when no socket can be had, those beyond its limit too', async () => {
    const onEmpty = vi.fn<() => void>()
    const pool = room.open({ maxSockets: 2, connect: (done) => done(new Error('refused'), undefined), onEmpty })
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => send(pool).outcome))
    expect(new Set(outcomes)).toEqual(new Set(['upstream.unreachable unsent']))
    expect(onEmpty).toHaveBeenCalled()
  })

  it('says that it is empty when its last socket is gone', async () => {
    const upstream = await room.start(({ socket }) => socket.write('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok'))
    const onEmpty = vi.fn<() => void>()
    expect(await send(room.open({ onEmpty })).outcome).toBe('ok')
    await upstream.closed(1)
    expect(onEmpty).toHaveBeenCalledTimes(1)
  })

  it('that is closed ends what it carries and what waits, and keeps no socket that comes late', async () => {
    let asked = () => {}
    const arrived = new Promise<void>((resolve) => void (asked = resolve))
    await room.start(() => asked())
    let late: Socket | undefined
    let connects = 0
    const pool = room.open({
      connect: (done) => {
        connects += 1
        if (connects === 1) room.toUpstream(done)
        else setImmediate(() => done(null, (late = room.connect())))
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
