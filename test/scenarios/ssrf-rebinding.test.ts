// A name is believed once, for the socket it is looked up for, and only if all its answers are permitted.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startTcpTrap, type TcpTrap } from '../support/tcp-trap.ts'
import { exchangeOf, failureOf, requestTo, stubLookup, testEgress } from '../support/test-egress.ts'

const BLOCKED = { code: 'upstream.unreachable', reason: 'EGRESS_BLOCKED_ADDRESS', requestSent: false }
let trap: TcpTrap
let before: number
beforeAll(async () => void (trap = await startTcpTrap()))
beforeEach(() => void (before = trap.connections()))
afterAll(() => trap.stop())

it.each([
  ['one private answer', ['10.0.0.1']],
  ['loopback, on a laptop', ['127.0.0.1']],
  ['loopback in IPv6 clothes', ['::ffff:127.0.0.1']],
  ['a public and a private answer', ['1.1.1.1', '127.0.0.1']],
  ['a private and a public answer', ['::1', '2606:4700:4700::1111']],
  ['a link-local answer with a zone', ['fe80::1%lo']],
  ['no answer', []],
])('a name with %s is not connected to', async (_, answers) => {
  const egress = testEgress({ lookup: stubLookup({ 'mcp.example': answers }).lookup })
  const url = new URL(`https://mcp.example:${trap.port}/mcp`)
  expect(() => egress.check(url, 'configured')).not.toThrow()
  expect(await failureOf(exchangeOf(egress, requestTo(url)))).toMatchObject(BLOCKED)
  expect(await failureOf(egress.fetchJson(url, { trust: 'learnt', maxBytes: 1000 }))).toMatchObject(BLOCKED)
  expect(trap.connections()).toBe(before)
})

it('a name that changes its mind is checked again for the next socket, and asked once for each', async () => {
  // The trap's address stands in for a public one.
  const dns = stubLookup({ 'mcp.example': [['127.0.0.1'], ['10.0.0.1']] })
  const egress = testEgress({ lookup: dns.lookup, allow: [{ kind: 'cidr', cidr: '127.0.0.1/32' }] })
  const request = requestTo(`https://mcp.example:${trap.port}/mcp`)
  expect(await failureOf(exchangeOf(egress, request))).toMatchObject({ code: 'upstream.unreachable', reason: 'ECONNRESET', requestSent: false })
  expect([trap.connections() - before, dns.asked.length]).toEqual([1, 1])
  expect(await failureOf(exchangeOf(egress, request))).toMatchObject(BLOCKED)
  expect([trap.connections() - before, dns.asked.length]).toEqual([1, 2])
})

it('a permitted name that resolves to our own listener is not connected to', async () => {
  const egress = testEgress({
    laptop: false,
    lookup: stubLookup({ 'mcp.corp': ['127.0.0.1'] }).lookup,
    allow: [{ kind: 'host', host: 'mcp.corp', port: 'any' }],
    ownListeners: () => [{ address: '0.0.0.0', port: trap.port }],
  })
  expect(await failureOf(exchangeOf(egress, requestTo(`http://mcp.corp:${trap.port}`)))).toMatchObject({ code: 'upstream.unreachable', reason: 'EGRESS_OWN_LISTENER' })
  expect(trap.connections()).toBe(before)
})
