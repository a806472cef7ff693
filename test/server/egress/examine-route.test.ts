// Where the way to a server ends, hop by hop, found with the very rules and sockets that requests use.
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFixtureUpstream } from '../../support/fixture-upstream.ts'
import { startTcpTrap } from '../../support/tcp-trap.ts'
import { stubLookup, testEgress } from '../../support/test-egress.ts'
import { TEST_CERTIFICATE, TEST_CERTIFICATE_KEY } from '../../support/tls-certificate.ts'

let server: Server
let port: number
let asked = 0
beforeAll(async () => {
  server = createServer({ cert: TEST_CERTIFICATE, key: TEST_CERTIFICATE_KEY }, (_req, res) => {
    asked += 1
    res.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

const { lookup } = stubLookup({ 'mcp.example': ['127.0.0.1'], 'other.example': ['127.0.0.1'], 'private.example': ['10.0.0.1'] })
const allow = ['mcp.example', 'other.example'].map((host) => ({ kind: 'host' as const, host, port: 'any' as const }))
const examine = (url: string, options: Parameters<typeof testEgress>[0] = {}) => testEgress({ lookup, allow, ...options }).examine(new URL(url), 'configured')

it('a way that is open is walked to its end, its certificate is read, and nothing is asked', async () => {
  expect(await examine(`https://mcp.example:${port}/mcp`, { extraAuthority: TEST_CERTIFICATE })).toEqual({
    lookedUp: true,
    addresses: ['127.0.0.1'],
    certificate: { endsAtMs: Date.parse('2126-10-29T16:03:31Z') },
    failure: undefined,
  })
  expect(asked).toBe(0)
})

it.each([
  ['a certificate that nobody vouches for', 'https://mcp.example', undefined, { hop: 'tls', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
  ['a certificate for another name', 'https://other.example', TEST_CERTIFICATE, { hop: 'tls', code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
])('the way ends at %s', async (_what, origin, extraAuthority, failure) => {
  expect(await examine(`${origin}:${port}/`, extraAuthority === undefined ? {} : { extraAuthority })).toMatchObject({ certificate: undefined, failure })
})

it.each([
  ['a name that nobody knows', 'https://unknown.example', { hop: 'lookup', code: 'ENOTFOUND' }, []],
  ['a name that leads into a private network', 'https://private.example', { hop: 'rules', code: 'EGRESS_BLOCKED_ADDRESS' }, ['10.0.0.1']],
  ['a name that means something nearby', 'https://a.internal', { hop: 'rules', code: 'EGRESS_BLOCKED_NAME' }, []],
  ['a private address', 'https://10.0.0.1', { hop: 'rules', code: 'EGRESS_BLOCKED_ADDRESS' }, []],
  ['plain http', 'http://mcp.example.org', { hop: 'rules', code: 'upstream.invalid_url' }, []],
])('the way ends at %s', async (_what, url, failure, addresses) => {
  expect(await examine(url)).toMatchObject({ failure, addresses })
})

it('the way ends where nobody listens, and at our own listener without a socket', async () => {
  const closed = await startFixtureUpstream()
  await closed.stop()
  expect((await examine(closed.url.href)).failure).toEqual({ hop: 'connect', code: 'ECONNREFUSED' })
  const own = await startTcpTrap()
  const ownListeners = () => [{ address: '127.0.0.1', port: own.port }]
  expect((await examine(`http://127.0.0.1:${own.port}/`, { ownListeners })).failure).toEqual({ hop: 'rules', code: 'EGRESS_OWN_LISTENER' })
  expect(own.connections()).toBe(0)
  await own.stop()
})
