// What is wrong on the way to an MCP server, or with the server itself, in one sentence that names it and what mends it.
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createCaller } from '../../server/api/caller.ts'
import { contextFor } from '../../server/context/context.ts'
import type { Examination } from '../../server/context/examination.ts'
import { examineConnection } from '../../server/doctor/examine-connection.ts'
import { silentLogger } from '../../server/lib/logger.ts'
import { MINUTE_MS } from '../../server/lib/units.ts'
import { UpstreamPool } from '../../server/mcp/upstream-pool.ts'
import type { MemberRole } from '../../server/policy/actor.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { createGate } from '../support/gate.ts'
import { startJsonServer } from '../support/json-server.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { stubLookup, testEgress } from '../support/test-egress.ts'
import { TEST_CERTIFICATE, TEST_CERTIFICATE_KEY } from '../support/tls-certificate.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeEach(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  upstream.set({ upstreamHeaders: { date: httpDate(0) } })
  await plugboard.send('PUT', '/namespaces/acme')
})
afterEach(() => Promise.all([plugboard.stop(), upstream.stop()]))

const httpDate = (offsetMs: number) => new Date(plugboard.house.now() + offsetMs).toUTCString()

/** With an API key, or as a member of the same organization. */
async function examine(mcpUrl: string | URL, { headers = {}, role }: { headers?: Record<string, string>; role?: MemberRole } = {}): Promise<Examination> {
  await plugboard.send('PUT', '/acme/wiki', { mcpUrl: String(mcpUrl), headers })
  if (role === undefined) return (await plugboard.send<Examination>('POST', '/acme/wiki/.doctor')).body
  const { house, organizationId } = plugboard
  const member = createCaller(house, { kind: 'member', id: 'mem_1', organizationId, role, sessionHandle: 'ses_1' })
  return member.connections.doctor({ namespace: 'acme', connectionId: 'wiki' })
}
const outcomesOf = ({ checks }: Examination) => Object.fromEntries(checks.map(({ check, outcome }) => [check, outcome]))
const factsOf = ({ checks }: Examination, name: string) => checks.find(({ check }) => check === name)?.facts

/** Another internet than this machine's, for Plugboard alone. */
function liveAmong(names: Record<string, string[]>, listed: string[] = []): void {
  const { house } = plugboard
  house.egress = testEgress({ lookup: stubLookup(names).lookup, allow: listed.map((host) => ({ kind: 'host', host, port: 'any' })) })
  house.pool = new UpstreamPool({ egress: house.egress, now: house.now, log: silentLogger })
}

it('a server that works is found to work, check by check, and left without a session', async () => {
  const healthy = await examine(upstream.url)
  expect(healthy.verdict).toEqual({ healthy: true, sentence: 'Everything that was looked at is in order.' })
  expect(outcomesOf(healthy)).toEqual({
    dns: 'skipped', reachable: 'ok', tls: 'skipped', mcp: 'ok', resource_metadata: 'skipped', issuer_metadata: 'skipped',
    client: 'skipped', redirect_uri: 'skipped', scopes: 'skipped', grant: 'skipped', last_refresh: 'skipped', clock: 'ok',
  })
  expect(factsOf(healthy, 'mcp')).toEqual({ revision: '2025-11-25', transport: 'streamable-http' })
  // The one that calls share is still there.
  expect(upstream.sessions()).toHaveLength(1)
})

describe('one sentence says what is wrong:', () => {
  const path = 'Look up the server’s MCP address, whose path is often /mcp or /sse, and connect that one.'

  it('nothing is at this path', async () => {
    const site = await startJsonServer((_path, res) => void res.writeHead(404).end())
    onTestFinished(() => site.stop())
    expect((await examine(site.url)).verdict).toEqual({ healthy: false, sentence: 'There is no MCP server at this path: it answers HTTP 404.', fix: path, remedy: 'add' })
  })

  it('something else is at this path', async () => {
    upstream.set({ on: ['initialize', 'server/discover'], noContent: true })
    expect((await examine(upstream.url)).verdict).toEqual({ healthy: false, sentence: 'What answers at this address does not speak MCP.', fix: path, remedy: 'add' })
  })

  it('a web page is where the server should be', async () => {
    upstream.set({ on: ['initialize', 'server/discover'], html: true })
    expect((await examine(upstream.url)).verdict).toEqual({ healthy: false, sentence: 'A web page is at this address, not an MCP server.', fix: path, remedy: 'add' })
  })

  it('a key is wanted that is not there, or another one', async () => {
    upstream.set({ apiKey: { in: 'header', name: 'x-key', value: 'good' } })
    expect((await examine(upstream.url)).verdict).toMatchObject({ sentence: 'The server wants a credential, and this connection has none (HTTP 401).', remedy: 'edit' })
    const wrong = await examine(upstream.url, { headers: { 'x-key': 'wrong' } })
    expect(wrong.verdict).toMatchObject({ sentence: 'The server refuses the credential of this connection (HTTP 401).', remedy: 'edit' })
    expect((await examine(upstream.url, { headers: { 'x-key': 'good' } })).verdict.healthy).toBe(true)
  })

  it('the server fails', async () => {
    upstream.set({ on: ['initialize', 'server/discover'], echoSecrets: 500 })
    const answer = await examine(upstream.url, { headers: { 'x-key': 'a secret of ours' } })
    expect(answer.verdict).toMatchObject({ healthy: false, sentence: 'The server is there and fails: it answers HTTP 500.' })
    expect(JSON.stringify(answer)).not.toContain('a secret of ours')
  })

  it.each([
    ['ahead', 2 * MINUTE_MS, 'The server answers. The clock of the MCP server is 2 minutes ahead of ours.'],
    ['behind', -90 * MINUTE_MS, 'The server answers. The clock of the MCP server is 1 hour behind ours.'],
  ])('its clock is %s', async (_where, offsetMs, sentence) => {
    upstream.set({ upstreamHeaders: { date: httpDate(offsetMs) } })
    expect((await examine(upstream.url)).verdict).toEqual({ healthy: true, sentence, fix: 'Set the one that is wrong: tokens end by these clocks.' })
  })

  it('its certificate is signed by nobody who is trusted', async () => {
    const server = createServer({ cert: TEST_CERTIFICATE, key: TEST_CERTIFICATE_KEY })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    liveAmong({ 'mcp.example': ['127.0.0.1'] }, ['mcp.example'])
    const { verdict, checks } = await examine(`https://mcp.example:${port}/mcp`)
    expect(verdict.sentence).toBe(`The certificate of mcp.example:${port} is signed by nobody who is trusted here.`)
    expect(outcomesOf({ checks } as Examination)).toMatchObject({ dns: 'ok', reachable: 'ok', tls: 'failed', mcp: 'skipped' })
  })
})

describe('a host that is not reached', () => {
  const URLS = ['https://unknown.example/', 'https://private.example/', 'https://a.internal/', 'https://closed.example:1/']
  beforeEach(() => liveAmong({ 'private.example': ['10.0.0.1'], 'closed.example': ['127.0.0.1'] }, ['closed.example']))

  it.each(['api_key', 'member'] as const)('reads the same to a tenant, whether it is unknown, blocked or closed: %s', async (kind) => {
    const told = new Set<string>()
    for (const [index, url] of URLS.entries()) {
      await plugboard.send('PUT', `/acme/wiki-${index}`, { mcpUrl: url })
      const { body } = await plugboard.send<Examination>('POST', `/acme/wiki-${index}/.doctor`)
      const member = createCaller(plugboard.house, { kind: 'member', id: 'mem_1', organizationId: plugboard.organizationId, role: 'member', sessionHandle: 'ses_1' })
      const answer = kind === 'api_key' ? body : await member.connections.doctor({ namespace: 'acme', connectionId: `wiki-${index}` })
      told.add(JSON.stringify(answer).replaceAll(new URL(url).host, 'HOST'))
    }
    expect(told.size).toBe(1)
    expect([...told][0]).toContain('HOST could not be reached.')
  })

  it.each([
    ['https://unknown.example/', 'No address is known for unknown.example.', undefined],
    ['https://private.example/', 'This installation may not connect to private.example: its address is a private one.', ['10.0.0.1']],
    ['https://closed.example:1/', 'Nothing listens at closed.example:1.', ['127.0.0.1']],
  ])('is explained to who runs the installation, address and all: %s', async (url, sentence, addresses) => {
    const told = await examine(url, { role: 'owner' })
    expect(told.verdict.sentence).toBe(sentence)
    expect(factsOf(told, 'reachable')?.addresses).toEqual(addresses)
  })
})

describe('an examination', () => {
  const context = () => contextFor(plugboard.house, { kind: 'api_key', id: 'key_1', organizationId: plugboard.organizationId }, 'req_1')
  const name = { namespace: 'acme', connectionId: 'wiki' }
  const greetings = () => upstream.requests.filter(({ message }) => message?.method === 'initialize').length

  it('of one connection runs once, however many ask for it meanwhile', async () => {
    await plugboard.send('PUT', '/acme/wiki', { mcpUrl: upstream.url })
    const gate = createGate()
    upstream.set({ on: ['initialize'], slowHeaders: gate.opened })
    const { examinations } = plugboard.house.flights
    const run = examinations.run.bind(examinations)
    let asked = 0
    examinations.run = (key, start) => {
      const flight = run(key, start)
      if (++asked === 5) gate.open()
      return flight
    }
    const before = greetings()
    const answers = await Promise.all(Array.from({ length: 5 }, () => examineConnection(context(), name)))
    expect(new Set(answers).size).toBe(1)
    expect(greetings() - before).toBe(1)
  })

  it('ends when its time is over, and says who did not answer', async () => {
    await plugboard.send('PUT', '/acme/wiki', { mcpUrl: upstream.url })
    upstream.set({ on: ['initialize'], slowHeaders: new Promise(() => {}) })
    const seen = upstream.requests.length
    const over = new AbortController()
    const examined = examineConnection(context(), name, over.signal)
    const stuck = await upstream.request((request) => request.message?.method === 'initialize' && upstream.requests.indexOf(request) >= seen)
    over.abort()
    expect((await examined).verdict.sentence).toBe('The server takes connections, but did not answer in the time that an examination has.')
    expect(await stuck.over).toBe('cut')
  })
})
