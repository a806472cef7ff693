// Two Plugboards on one database: what one of them ends, the other refuses within five seconds, although it does not ask
// the database for each call.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accountPages } from '../support/account-pages.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer, lookAround, mintAsMember, mintServiceToken, openMember, revokeServiceToken } from '../support/service-tokens.ts'
import { type SharedDatabase, startSharedDatabase } from '../support/shared-database.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { openOwnerOf, type TestBrowser } from '../support/test-browser.ts'

let database: SharedDatabase
let upstream: FixtureUpstream
/** Two processes' worth of Plugboard on one database. */
let left: RunningPlugboard
let right: RunningPlugboard
let owner: TestBrowser

beforeAll(async () => {
  database = await startSharedDatabase()
  const { environment } = database
  left = await startPlugboard({ environment, pages: accountPages })
  ;[right, upstream] = await Promise.all([startPlugboard({ environment }), startFixtureUpstream({ sse: true })])
  await left.send('PUT', '/namespaces/shop')
  await left.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  owner = await openOwnerOf(left, left.organizationId)
})
afterAll(async () => {
  await Promise.all([left, right, upstream].map((each) => each?.stop()))
  await database?.close()
})

/** Both clocks, as if nothing else had happened. */
const advance = (ms: number) => [left, right].forEach((each) => each.advance(ms))
const lookAt = (tokens: string[], plugboard = left) => Promise.all(tokens.map((token) => lookAround(plugboard, token)))

it.each<[string, () => Promise<{ tokens: string[]; end: () => Promise<unknown> }>]>([
  [
    'a revoked token and what was narrowed from it end',
    async () => {
      const { token } = await mintServiceToken(left)
      const child = (await mintServiceToken(left, {}, token)).token
      return { tokens: [token, child], end: () => revokeServiceToken(left, { token }) }
    },
  ],
  [
    'tokens of a revoked key end',
    async () => {
      const { key, id } = await left.createKey(left.organizationId)
      return { tokens: [(await mintServiceToken(left, {}, key)).token], end: () => left.send('DELETE', `/keys/${id}`) }
    },
  ],
  [
    'tokens of a removed member end',
    async () => {
      const { browser, id } = await openMember(left, owner, { email: 'gone@example.com' })
      return { tokens: [await mintAsMember(browser)], end: () => owner.mutate('members.remove', { id }) }
    },
  ],
])('%s within five seconds', async (_what, prepare) => {
  const { tokens, end } = await prepare()
  expect(await lookAt(tokens, right)).toEqual(tokens.map(() => 200))
  await end()
  expect(await lookAt(tokens)).toEqual(tokens.map(() => 401))
  advance(5000)
  expect(await lookAt(tokens, right)).toEqual(tokens.map(() => 401))
})

it('a revoked token is refused that was never seen there', async () => {
  const { token } = await mintServiceToken(left)
  await revokeServiceToken(left, { token })
  advance(5000)
  expect(await lookAround(right, token)).toBe(401)
})

it('a stream that it opened ends, too', async () => {
  const { token } = await mintServiceToken(left)
  const response = await fetch(`${right.url}/connect/shop/it/mcp`, {
    method: 'POST',
    headers: { ...bearer(token), accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'slow', arguments: {} } }),
  })
  const carrying = upstream.requests.at(-1)!
  await revokeServiceToken(left, { token })
  advance(5000)
  await right.services.gateway.openStreams.recheck()
  await response.text().catch(() => undefined)
  expect(await carrying.over).toBe('cut')
})

it('tokens of a member whose role changed may do what that role may, within five seconds', async () => {
  const { browser, id } = await openMember(left, owner, { email: 'admin@example.com', role: 'admin' })
  const token = await mintAsMember(browser, { policy: [{ resources: ['namespaces'], operations: ['read', 'write'] }] })
  const make = async (name: string) => (await right.send('PUT', `/namespaces/${name}`, undefined, bearer(token))).status
  expect(await make('made-by-admin')).toBe(201)
  await owner.mutate('members.changeRole', { id, role: 'member' })
  advance(5000)
  expect(await make('not-made')).toBe(403)
})

it('what nobody changed goes on', async () => {
  const { token } = await mintServiceToken(left)
  expect(await lookAround(right, token)).toBe(200)
  advance(5000)
  expect(await lookAround(right, token)).toBe(200)
})
