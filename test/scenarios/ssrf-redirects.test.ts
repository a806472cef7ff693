// A redirect never takes a key, a body or a request to where it was not meant for.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFixtureUpstream, type FixtureUpstream } from '../support/fixture-upstream.ts'
import { startTcpTrap, type TcpTrap } from '../support/tcp-trap.ts'
import { exchangeOf, failureOf, requestTo, testEgress } from '../support/test-egress.ts'

let trap: TcpTrap
let upstream: FixtureUpstream
beforeAll(async () => {
  trap = await startTcpTrap()
  upstream = await startFixtureUpstream()
})
afterAll(async () => {
  await trap.stop()
  await upstream.stop()
})

it.each([301, 302, 303, 307, 308] as const)('a call answered with %i ends there', async (status) => {
  upstream.set({ redirect: { status, location: `http://127.0.0.1:${trap.port}/` } })
  const request = requestTo(upstream.url, { headers: { 'x-api-key': 'secret' }, body: Buffer.from('{"refresh_token":"secret"}') })
  expect((await exchangeOf(testEgress(), request)).status).toBe(status)
  expect(trap.connections()).toBe(0)
})

it.each([
  ['loopback', '127.0.0.1'],
  ['localhost', 'localhost'],
  ['IPv6 loopback', '[::1]'],
  ['a private network', '10.0.0.1'],
  ['a metadata service', '169.254.169.254'],
])('a public host\'s redirect to %s is not followed, on a laptop either', async (_, host) => {
  const egress = testEgress({ hosts: new Map([['public.example', { ip: '127.0.0.1', port: upstream.port }]]) })
  for (const scheme of ['http', 'https']) {
    upstream.set({ redirect: { status: 302, location: `${scheme}://${host}:${trap.port}/` } })
    expect(await failureOf(egress.fetchJson(new URL('http://public.example/doc'), { trust: 'configured', maxBytes: 1000 }))).toMatchObject({ code: 'upstream.unreachable' })
  }
  expect(trap.connections()).toBe(0)
})
