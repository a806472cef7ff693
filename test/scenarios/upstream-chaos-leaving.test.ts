// A caller that leaves takes its call along: the upstream is cut off and told, and no socket stays behind.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HONEST } from '../support/fixture-knobs.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { DOORS, openDoor } from '../support/four-doors.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

describe.each([true, false])('while the upstream works on it (event stream: %s)', (sse) => {
  beforeEach(async () => {
    upstream.set({ ...HONEST, sse })
    await plugboard.send('DELETE', '/shop/it')
    await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  })

  it.each(DOORS)('a call through %s ends with its caller', async (door) => {
    const call = await openDoor(plugboard, door, 'it')
    const leaving = new AbortController()
    const from = upstream.requests.length
    const left = call({ tool: 'slow', signal: leaving.signal }).catch((reason: unknown) => reason)
    const slow = await upstream.request((request) => request.message?.params?.name === 'slow' && upstream.requests.indexOf(request) >= from)
    leaving.abort()
    expect(await left).toMatchObject({ name: 'AbortError' })
    expect(await slow.over).toBe('cut')
    // In a session of its own the client itself says that it takes the call back; it may also come back for the answer.
    if (door === 'a session of its own') return
    const told = await upstream.request(
      (request) => request.message?.method === 'notifications/cancelled' && upstream.requests.indexOf(request) >= from
    )
    expect(told.message?.params).toMatchObject({ requestId: slow.message?.id })
  })

  it('a hundred that leave, leave no sockets', async () => {
    const call = await openDoor(plugboard, 'the shared session', 'it')
    const from = upstream.requests.length
    const leaving = new AbortController()
    const calls = Promise.allSettled(Array.from({ length: 100 }, () => call({ tool: 'slow', signal: leaving.signal })))
    await Promise.all(Array.from({ length: 100 }, (_, index) => nthSlowCall(from, index + 1)))
    leaving.abort()
    await calls
    const slow = upstream.requests.slice(from).filter(({ message }) => message?.params?.name === 'slow')
    expect(new Set(await Promise.all(slow.map(({ over }) => over)))).toEqual(new Set(['cut']))
    expect((await plugboard.send('POST', '/shop/it/.tools/echo', {})).status).toBe(200)
    // What is open now are idle connections that carried the cancellations; none of the hundred.
    const closed = upstream.connections().accepted - upstream.connections().open
    expect(closed).toBeGreaterThanOrEqual(100)
  })
})

const nthSlowCall = (from: number, count: number) =>
  upstream.request((request) => {
    const at = upstream.requests.indexOf(request)
    return (
      request.message?.params?.name === 'slow' &&
      upstream.requests.slice(from, at + 1).filter(({ message }) => message?.params?.name === 'slow').length >= count
    )
  })
