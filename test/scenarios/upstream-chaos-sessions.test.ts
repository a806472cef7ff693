// A lost upstream session is the one reason to send a call again, and once is enough. What an upstream says in
// its headers is between it and us.
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
beforeEach(async () => {
  upstream.set(HONEST)
  await plugboard.send('DELETE', '/shop/it')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
})

const seen = (from: number, method: string) => upstream.requests.slice(from).filter(({ message }) => message?.method === method).length

describe.each([404, 400] as const)('when the upstream has lost the session and says so with %i', (status) => {
  it.each(['REST', 'tRPC', 'the shared session'] as const)(
    'a call through %s is sent in a new one, and the caller notices nothing',
    async (door) => {
      const call = await openDoor(plugboard, door, 'it')
      const from = upstream.requests.length
      upstream.set({ loseSession: status })
      expect(await call()).toMatchObject({ status: 200, code: undefined })
      expect(seen(from, 'tools/call')).toBe(2)
      expect(seen(from, 'initialize')).toBe(1)
    }
  )

  it('twenty callers at once get their answers through one new session', async () => {
    const call = await openDoor(plugboard, 'the shared session', 'it')
    const from = upstream.requests.length
    upstream.forgetSessions()
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => call()))
    expect(outcomes.map(({ status: each }) => each)).toEqual(Array(20).fill(200))
    expect(seen(from, 'initialize')).toBe(1)
  })

  it('a caller with a session of its own hears 404 and starts again', async () => {
    const call = await openDoor(plugboard, 'a session of its own', 'it')
    const from = upstream.requests.length
    upstream.set({ loseSession: status })
    expect(await call()).toMatchObject({ status: 404, code: 'mcp.session_not_found' })
    expect(seen(from, 'tools/call')).toBe(1)
    expect(seen(from, 'initialize')).toBe(0)
    expect(await (await openDoor(plugboard, 'a session of its own', 'it'))()).toMatchObject({ status: 200, code: undefined })
  })
})

it.each(DOORS)('no header of the upstream comes out of %s', async (door) => {
  const call = await openDoor(plugboard, door, 'it')
  const headers = {
    'set-cookie': ['a=upstreams', 'b=upstreams'],
    location: 'https://upstreams.example',
    'access-control-allow-origin': '*',
    'access-control-allow-credentials': 'true',
    'content-security-policy': 'default-src upstreams',
    'clear-site-data': '"*"',
    'strict-transport-security': 'max-age=1',
    'www-authenticate': 'Basic realm="upstreams"',
    refresh: '0; url=https://upstreams.example',
    link: '<https://upstreams.example>; rel=preload',
    'x-upstreams': 'upstreams',
  }
  for (const knobs of [{}, { sse: true }, { echoSecrets: 500 as const }, { echoSecrets: 403 as const }, { html: true }]) {
    upstream.set({ ...HONEST, ...knobs, upstreamHeaders: headers })
    const outcome = await call()
    const names = [...outcome.headers.keys()]
    expect(names.filter((name) => Object.hasOwn(headers, name) && name !== 'content-security-policy')).toEqual([])
    expect([...outcome.headers.values()].join('\n')).not.toContain('upstreams')
  }
})
