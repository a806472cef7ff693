// Every way in, as nobody, as somebody with a bad key, and as another organization: refused, and nothing changed.
// The routes come from the routers themselves: one that is not in these tables fails.
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { appRouter } from '../../server/api/router.ts'
import { generateKey } from '../../server/identity/key-format.ts'
import { restRoutes } from '../../server/rest/rest-routes.ts'
import type { TokenPage } from '../../server/tokens/token-view.ts'
import type { Visitor } from '../../server/http/page-context.ts'
import { storeAppAccess } from '../support/app-access.ts'
import { accountPages } from '../support/account-pages.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { mintEndedTokens, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { isAboutPeople, tenantInputs, type TenantThings } from '../support/tenant-inputs.ts'
import { tenantRequests } from '../support/tenant-requests.ts'
import { openOwnerOf, type TestBrowser } from '../support/test-browser.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let strangers: [who: string, authorization: string, statuses: number[]][]
let keyId: string
let token: string
let tokenId: string
let session: string
/** Of our organization, and signed in. */
let ourMember: Visitor
let invitationId: string
let connectSessionId: string
let webhookId: string
let appAccessId: string
/** The owner of another organization, signed in. */
let theirBrowser: TestBrowser

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
}
const CALL = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', arguments: {} } }

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard({ pages: accountPages }), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url, headers: { 'x-key': 'k' }, metadata: { userId: '1' } })
  await plugboard.send('PUT', '/shop/removed', { mcpUrl: upstream.url })
  await plugboard.send('POST', '/trpc/connections.remove', { namespace: 'shop', connectionId: 'removed' })
  await plugboard.send('PUT', '/namespaces/shop/settings', { allowedOrigins: ['https://ours.example.com'] })
  const { body: link } = await plugboard.send<{ connectSessionId: string }>('POST', '/connect-sessions', { namespace: 'shop', connectionId: 'it' })
  connectSessionId = link.connectSessionId
  webhookId = (await plugboard.send<{ id: string }>('POST', '/api/webhooks', { namespace: 'shop', url: 'https://ours.example.com/' })).body.id
  session = (await plugboard.send('POST', '/connect/shop/it/mcp', INITIALIZE)).headers.get('mcp-session-id')!
  keyId = (await plugboard.send<{ id: string }>('POST', '/keys', { name: 'second' })).body.id
  const { body: revoked } = await plugboard.send<{ id: string; key: string }>('POST', '/keys', { name: 'revoked' })
  await plugboard.send('DELETE', `/keys/${revoked.id}`)
  const { body: expired } = await plugboard.send<{ key: string }>('POST', '/keys', {
    name: 'expired',
    expiresAt: new Date(plugboard.house.now() + 1000).toISOString(),
  })
  token = (await mintServiceToken(plugboard)).token
  tokenId = (await plugboard.send<TokenPage>('GET', '/tokens')).body.tokens[0]!.id
  const ended = await mintEndedTokens(plugboard, token)
  strangers = [
    ['nobody', '', [401]],
    ['garbage', 'Bearer garbage', [401]],
    ['a well-formed key that was never issued', `Bearer ${generateKey()}`, [401]],
    ['a revoked key', `Bearer ${revoked.key}`, [401]],
    ['an expired key', `Bearer ${expired.key}`, [401]],
    ...ended.map(([who, text]): [string, string, number[]] => [who, `Bearer ${text}`, [401]]),
    // Their own lists are theirs to see, and empty of ours; the name of our namespace is taken.
    ['another organization', `Bearer ${(await plugboard.createKey()).key}`, [404, 409]],
  ]
  const ourBrowser = await openOwnerOf(plugboard, plugboard.organizationId)
  ourMember = (await ourBrowser.get('/')).body.visitor as Visitor
  const { body: invited } = await ourBrowser.mutate('invitations.create', { email: 'new@example.com', role: 'member' })
  invitationId = (invited as { result: { data: { id: string } } }).result.data.id
  appAccessId = await storeAppAccess(plugboard.house, { memberId: ourMember.memberId, organizationId: plugboard.organizationId, namespace: 'shop' })
  theirBrowser = await openOwnerOf(plugboard, (await plugboard.createKey()).organizationId)
  // Times of use are written now and not in the middle of a test.
  await plugboard.house.usage.flush()
})
// A walk by strangers is one long guess; that guessing ends is another test's.
beforeEach(() => plugboard.house.attempts.atCredential.forget('127.0.0.1'))
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const things = (): TenantThings => ({ upstreamUrl: upstream.url, keyId, token, tokenId, member: ourMember, invitationId, connectSessionId, webhookId, appAccessId })

/** Everything that is stored, but for times of use and the strangers' own rows. */
async function ours(): Promise<unknown> {
  const { db } = plugboard.house
  const tables = ['namespace', 'connection', 'credential', 'connection_metadata', 'organization', 'member', 'invitation', 'namespace_setting', 'allowed_origin', 'connect_session', 'token_revocation', 'webhook_endpoint', 'downstream_grant', 'webhook_delivery'].map((name) =>
    db.read(db.build.all(sql.raw(`SELECT * FROM ${name}`)))
  )
  const keys = db.read(db.build.all(sql`SELECT id, revoked_at FROM api_key ORDER BY id`))
  const sessions = db.read(db.build.all(sql`SELECT handle, member_id FROM member_session ORDER BY handle`))
  return Promise.all([...tables, keys, sessions])
}

/** Who got in, or what changed; nobody and nothing, if all is well. */
async function holesIn(send: (authorization: string) => Promise<{ status: number }>, alsoOthers = true, people = false): Promise<string[]> {
  const before = JSON.stringify(await ours())
  const asked = upstream.requests.length
  const holes: string[] = before.includes('fixture-upstream') ? [] : ['there is nothing to protect']
  for (const [who, authorization, statuses] of alsoOthers ? strangers : strangers.slice(0, -1)) {
    const { status } = await send(authorization)
    if (!statuses.includes(status) && !(people && status === 403)) holes.push(`${who} got ${status}`)
  }
  if (JSON.stringify(await ours()) !== before) holes.push('something was changed')
  if (upstream.requests.length > asked) holes.push('the upstream was asked')
  return holes
}

it.each(restRoutes.flatMap((route) => route.mounts.map((mount) => ({ ...route, mount, place: mount + route.path }))))(
  '$method $place',
  async ({ operationId, method, mount, path, access }) => {
    const request = tenantRequests(things())[operationId]
    if (!request) throw new Error(`${operationId} is not in this test: say what it would do to somebody else`)
    if (access === 'public') return
    const [to, body] = request === 'theirs' ? [path, method === 'GET' ? undefined : {}] : request
    expect(await holesIn((authorization) => plugboard.send(method, mount + to, body, { authorization }), request !== 'theirs')).toEqual([])
  }
)

it.each(Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>))(
  'tRPC %s',
  async (path, { _def: { type } }) => {
    const input = tenantInputs(things())[path]
    if (!input) throw new Error(`${path} is not in this test: say what it would do to somebody else`)
    const given = input === 'theirs' ? {} : input
    const query = `?input=${encodeURIComponent(JSON.stringify(given))}`
    const send = (authorization: string) =>
      type === 'mutation'
        ? plugboard.send('POST', `/trpc/${path}`, given, { authorization })
        : plugboard.send('GET', `/trpc/${path}${query}`, undefined, { authorization })
    // A subscription's refusal is an event of a stream that has begun.
    expect(await (type === 'subscription' ? holesInStream(path, input) : holesIn(send, input !== 'theirs', isAboutPeople(path)))).toEqual([])
  }
)

it.each(Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>))(
  'tRPC %s, from the browser of another organization’s owner',
  async (path, { _def: { type } }) => {
    const input = tenantInputs(things())[path]
    if (input === 'theirs' || type === 'subscription') return
    const before = JSON.stringify(await ours())
    const asked = upstream.requests.length
    const { status } = type === 'mutation' ? await theirBrowser.mutate(path, input) : await theirBrowser.query(path, input)
    expect([404, 409]).toContain(status)
    expect(JSON.stringify(await ours())).toBe(before)
    expect(upstream.requests).toHaveLength(asked)
  }
)

async function holesInStream(path: string, input: unknown): Promise<string[]> {
  const holes: string[] = []
  const callers: [who: string, headers: Record<string, string>][] = [
    ...strangers.map(([who, authorization]): [string, Record<string, string>] => [who, { authorization }]),
    ['another organization’s owner', { cookie: theirBrowser.cookie!, 'sec-fetch-site': 'same-origin' }],
  ]
  for (const [who, headers] of callers) {
    const response = await fetch(`${plugboard.url}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {
      headers: { ...headers, accept: 'text/event-stream' },
    })
    const text = await response.text()
    if (!/identity\.unauthenticated|namespace\.not_found/.test(text) || text.includes('listening')) holes.push(`${who} got ${text}`)
  }
  return holes
}

it.each(['/connect/shop/it/mcp', '/mcp/shop/it', '/mcp/shop'])('the MCP endpoint %s, with and without our session id', async (path) => {
  for (const headers of [{}, { 'mcp-session-id': session }, { 'mcp-session-id': 'smithery-stateless' }] as Record<string, string>[]) {
    for (const body of [CALL, INITIALIZE])
      expect(await holesIn((authorization) => plugboard.send('POST', path, body, { ...headers, authorization }))).toEqual([])
    for (const method of ['GET', 'DELETE'])
      expect(await holesIn((authorization) => plugboard.send(method, path, undefined, { ...headers, authorization }))).toEqual([])
  }
})

it('another organization sees nothing of ours in its own lists', async () => {
  const authorization = strangers.at(-1)![1]
  expect((await plugboard.send('GET', '/namespaces', undefined, { authorization })).body).toMatchObject({ namespaces: [] })
  expect(await plugboard.send<{ keys: unknown[] }>('GET', '/keys', undefined, { authorization })).toMatchObject({
    body: { keys: [{ name: 'test' }] },
  })
})
