// A session id that is forged, foreign, stale or of another connection opens nothing: 404 at once, and the
// upstream never hears of it.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { SESSION_LIFETIME_MS } from '../../server/gateway/sealed-session-id.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
}
const LIST = { jsonrpc: '2.0', id: 7, method: 'tools/list' }

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))
beforeEach(async () => {
  for (const id of ['one', 'two']) {
    await plugboard.send('DELETE', `/shop/${id}`)
    await plugboard.send('PUT', `/shop/${id}`, { mcpUrl: upstream.url, headers: { 'x-key': '1' } })
  }
})

async function openSession(connectionId = 'one', headers: Record<string, string> = {}): Promise<string> {
  const opened = await plugboard.send('POST', `/connect/shop/${connectionId}/mcp`, INITIALIZE, headers)
  return opened.headers.get('mcp-session-id')!
}

const use = (session: string, headers: Record<string, string> = {}) =>
  plugboard.send('POST', '/connect/shop/one/mcp', LIST, { 'mcp-session-id': session, ...headers })

/** What is offered as a session of the connection "one", by whom. */
const offered: [string, () => Promise<{ session: string; headers?: Record<string, string> }>][] = [
  ['made up', async () => ({ session: 'c0ffee00-0000-4000-8000-000000000000' })],
  ['empty', async () => ({ session: '' })],
  ['in our own form, with another ending', async () => ({ session: `${(await openSession()).slice(0, -4)}AAAA` })],
  ['the upstream’s own', async () => openSession().then(() => ({ session: upstream.sessions().at(-1)! }))],
  ['of another connection', async () => ({ session: await openSession('two') })],
  [
    'of another key of the same organization',
    async () => ({
      session: await openSession(),
      headers: { authorization: `Bearer ${(await plugboard.createKey(plugboard.organizationId)).key}` },
    }),
  ],
  [
    'of another service token, with other rights',
    async () => {
      const [one, other] = [await mintServiceToken(plugboard), await mintServiceToken(plugboard, { policy: [{ operations: ['execute'] }] })]
      return { session: await openSession('one', bearer(one.token)), headers: bearer(other.token) }
    },
  ],
  [
    'from before the credential was changed',
    async () => {
      const session = await openSession()
      await plugboard.send('PUT', '/shop/one', { headers: { 'x-key': '2' } })
      return { session }
    },
  ],
  [
    'of a connection that was deleted and made again under the same name',
    async () => {
      const session = await openSession()
      await plugboard.send('DELETE', '/shop/one')
      await plugboard.send('PUT', '/shop/one', { mcpUrl: upstream.url, headers: { 'x-key': '1' } })
      return { session }
    },
  ],
  [
    'a day old',
    async () => {
      const session = await openSession()
      plugboard.advance(SESSION_LIFETIME_MS)
      return { session }
    },
  ],
]

it.each(offered)('a session id that is %s answers 404 to every method, and the upstream is not asked', async (_what, offer) => {
  const { session, headers } = await offer()
  const before = upstream.requests.length
  const posted = await use(session, headers)
  expect(posted).toMatchObject({ status: 404, body: { jsonrpc: '2.0', error: { code: -32001, data: { code: 'mcp.session_not_found' } } } })
  for (const method of ['GET', 'DELETE'])
    expect((await plugboard.send(method, '/connect/shop/one/mcp', undefined, { 'mcp-session-id': session, ...headers })).status).toBe(404)
  expect(upstream.requests.length).toBe(before)
})

it('a caller’s own session works, until its owner ends it', async () => {
  const session = await openSession()
  expect(await use(session)).toMatchObject({ status: 200, body: { id: 7, result: { tools: expect.any(Array) } } })
  expect((await plugboard.send('DELETE', '/connect/shop/one/mcp', undefined, { 'mcp-session-id': session })).status).toBe(200)
  expect(await use(session)).toMatchObject({ status: 404, body: { error: { data: { code: 'mcp.session_not_found' } } } })
})

it('an error names the request it answers, also when its session is not there', async () => {
  expect(await use('made-up')).toMatchObject({ status: 404, body: { id: 7 } })
})

it('a session goes on under the same rights minted again, as by an app that gives its page a fresh token', async () => {
  const rights = { policy: [{ operations: ['read', 'execute'], ttl: '20s' }] }
  const session = await openSession('one', bearer((await mintServiceToken(plugboard, rights)).token))
  plugboard.advance(30_000)
  expect((await use(session, bearer((await mintServiceToken(plugboard, rights)).token))).status).toBe(200)
})
