// EGRESS_ALLOW opens what it names and nothing beside it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseEgressRule } from '../../server/config/egress-rule.ts'
import { startFixtureUpstream, type FixtureUpstream } from '../support/fixture-upstream.ts'
import { startTcpTrap, type TcpTrap } from '../support/tcp-trap.ts'
import { exchangeOf, failureOf, requestTo, stubLookup, testEgress } from '../support/test-egress.ts'

let trap: TcpTrap
let upstream: FixtureUpstream
beforeAll(async () => {
  trap = await startTcpTrap()
  upstream = await startFixtureUpstream({ sessions: false })
})
afterAll(async () => {
  await trap.stop()
  await upstream.stop()
})

const ping = Buffer.from('{"jsonrpc":"2.0","id":1,"method":"ping"}')
const { lookup } = stubLookup({ 'mcp.corp': ['127.0.0.1'] })
const serverAllowing = (...entries: string[]) => testEgress({ laptop: false, lookup, allow: entries.map((entry) => parseEgressRule(entry)!) })

it.each([
  ['an address and port', () => `127.0.0.1:${upstream.port}`, '127.0.0.1'],
  ['an address in another spelling', () => `127.0.0.1:${upstream.port}`, '[::ffff:7f00:1]'],
  ['a name and port', () => `mcp.corp:${upstream.port}`, 'mcp.corp'],
  ['a name and any port', () => 'mcp.corp:*', 'mcp.corp'],
  ['a network', () => '127.0.0.0/8', '127.0.0.1'],
])('%s is reached when it is listed, by learnt URLs too', async (_, entry, host) => {
  const egress = serverAllowing(entry())
  for (const trust of ['configured', 'learnt'] as const) {
    expect(await exchangeOf(egress, requestTo(`http://${host}:${upstream.port}/mcp`, { trust, body: ping }))).toMatchObject({ status: 200 })
  }
  await egress.close()
})

it.each([
  ['another port of the address', () => `127.0.0.1:${upstream.port}`, '127.0.0.1'],
  ['another port of the name', () => `mcp.corp:${upstream.port}`, 'mcp.corp'],
  ['the listed name\'s address by number', () => 'mcp.corp:*', '127.0.0.1'],
  ['another name for the address', () => '10.1.0.0/16', 'mcp.corp'],
])('%s stays closed', async (_, entry, host) => {
  for (const scheme of ['http', 'https']) {
    expect(await failureOf(exchangeOf(serverAllowing(entry()), requestTo(`${scheme}://${host}:${trap.port}/`)))).toMatchObject({ requestSent: false })
  }
  expect(trap.connections()).toBe(0)
})
