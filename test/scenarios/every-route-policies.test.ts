// Every way in, with tokens that may do a part: each does its part and nothing else, and what is out of its sight reads
// like what is not there. The routes come from the routers themselves: one that is not in the tables fails.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appRouter } from '../../server/api/router.ts'
import { restRoutes } from '../../server/rest/rest-routes.ts'
import type { TokenPage } from '../../server/tokens/token-view.ts'
import { accountPages } from '../support/account-pages.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { PROCEDURE_NEEDS, REST_NEEDS, type Need } from '../support/operation-needs.ts'
import { askEndpoint, askProcedure, askRoute, type PolicyAnswer, type ProcedureKind, type Rename } from '../support/policy-asker.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { tenantInputs, type TenantThings } from '../support/tenant-inputs.ts'
import { tenantRequests } from '../support/tenant-requests.ts'

const POLICIES = {
  'all connections': {},
  reading: { policy: [{ operations: 'read' }] },
  writing: { policy: [{ operations: 'write' }] },
  executing: { policy: [{ operations: 'execute' }] },
  'other metadata': { policy: [{ metadata: { userId: '2' } }] },
  'another namespace': { policy: [{ namespaces: 'elsewhere' }] },
  'other metadata, not writing': { policy: [{ metadata: { userId: '2' }, operations: ['read', 'execute'] }] },
  'other things': { policy: [{ resources: 'servers' }] },
} as const
type Scope = keyof typeof POLICIES | 'another organization'

type Expected = 'ok' | 403 | 404
const row = (all: Expected, reading: Expected, writing: Expected, executing: Expected, metadata: Expected, notWriting = metadata): Record<Scope, Expected> => ({
  'all connections': all,
  reading,
  writing,
  executing,
  'other metadata': metadata,
  'other metadata, not writing': notWriting,
  'another namespace': 404,
  'other things': 404,
  'another organization': 404,
})

const EXPECTED: Readonly<Record<Exclude<Need, 'anyone' | 'nobody' | 'public'>, Record<Scope, Expected>>> = {
  // all, reading, writing, executing, other metadata, the same without writing
  read: row('ok', 'ok', 403, 403, 404),
  write: row('ok', 403, 'ok', 403, 404),
  execute: row('ok', 403, 403, 'ok', 404),
  glance: row('ok', 'ok', 403, 'ok', 404),
  keep: row('ok', 403, 'ok', 403, 404, 403),
  search: row('ok', 'ok', 403, 403, 'ok'),
  make: row('ok', 403, 'ok', 403, 'ok', 403),
  survey: row('ok', 'ok', 403, 403, 404),
}

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let things: TenantThings
let tokens: Record<Scope, string>

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard({ pages: accountPages }), startFixtureUpstream()])
  for (const name of ['shop', 'elsewhere']) await plugboard.send('PUT', `/namespaces/${name}`)
  await furnish()
  const idOf = async (path: string, body: object) => (await plugboard.send<{ id: string; connectSessionId: string }>('POST', path, body)).body
  // Narrowed from one that may all that can be lent.
  const { token: wide } = await mintServiceToken(plugboard, { policy: [{}] })
  const minted = Object.entries(POLICIES).map(async ([scope, body]) => [scope, (await mintServiceToken(plugboard, body, wide)).token])
  const { key } = await plugboard.createKey()
  tokens = { ...Object.fromEntries(await Promise.all(minted)), 'another organization': (await mintServiceToken(plugboard, {}, key)).token } as typeof tokens
  things = {
    upstreamUrl: upstream.url,
    keyId: (await idOf('/keys', { name: 'second' })).id,
    token: (await mintServiceToken(plugboard)).token,
    tokenId: (await plugboard.send<TokenPage>('GET', '/tokens')).body.tokens[0]!.id,
    member: { memberId: 'mem_1', sessionHandle: 'none' },
    invitationId: 'inv_1',
    connectSessionId: (await idOf('/connect-sessions', { namespace: 'shop', mcpUrl: upstream.url })).connectSessionId,
    webhookId: (await idOf('/api/webhooks', { namespace: 'shop', url: 'https://ours.example.com/' })).id,
    appAccessId: 'dgr_1',
  }
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

async function furnish(): Promise<void> {
  const body = { mcpUrl: upstream.url, metadata: { userId: '1' } }
  await Promise.all([plugboard.send('PUT', '/shop/it', body), plugboard.send('PUT', '/shop/removed', body)])
  await plugboard.send('POST', '/trpc/connections.remove', { namespace: 'shop', connectionId: 'removed' })
}

const SCOPES = [...Object.keys(POLICIES), 'another organization'] as Scope[]

/** Whom the answers surprise; nobody, if all is well. */
async function surprisesOf(need: Need | undefined, send: (token: string) => Promise<{ status: number }>): Promise<string[]> {
  if (need === undefined) throw new Error('this is not in operation-needs.ts: say what it takes of a service token')
  const surprises: string[] = []
  for (const scope of need === 'public' ? [] : SCOPES) {
    // They have their own things, which `every-route-tenants.test.ts` looks at.
    if (need === 'anyone' && scope === 'another organization') continue
    const asked = upstream.requests.length
    const { status } = await send(tokens[scope])
    const expected = expectedOf(need, scope)
    const isRefusal = [401, 403, 404].includes(status)
    if (expected === 'ok' ? isRefusal || status >= 500 : !expected.includes(status)) surprises.push(`${scope}: ${status}`)
    if (isRefusal && upstream.requests.length > asked) surprises.push(`${scope}: the upstream was asked`)
    // What was allowed may have changed it.
    if (expected === 'ok' && need !== 'read' && need !== 'search') await furnish()
  }
  return surprises
}

function expectedOf(need: Need, scope: Scope): 'ok' | number[] {
  if (need === 'nobody') return [403, 404]
  if (need === 'anyone' || need === 'public') return 'ok'
  const expected = EXPECTED[need][scope]
  return typeof expected === 'number' ? [expected] : expected
}

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: ProcedureKind } }>)

const ENDPOINTS = ['/connect/shop/it/mcp', '/mcp/shop/it']

describe('a token does its part and nothing else:', () => {
  it.each(restRoutes)('$method $path', async (route) => {
    expect(await surprisesOf(REST_NEEDS[route.operationId], (token) => askRoute(plugboard, route, things, token))).toEqual([])
  })

  it.each(procedures)('tRPC %s', async (path, { _def: { type } }) => {
    expect(await surprisesOf(PROCEDURE_NEEDS[path], (token) => askProcedure(plugboard, { path, type }, things, token))).toEqual([])
  })

  it.each(ENDPOINTS)('the MCP endpoint %s', async (path) => {
    expect(await surprisesOf('execute', (token) => askEndpoint(plugboard, path, token))).toEqual([])
  })
})

it.each(['/', '/app', '/app/shop', '/app/settings/account', '/welcome', '/sign-in'])('the page %s knows nobody by a key or a token', async (path) => {
  for (const credential of [plugboard.key, ...Object.values(tokens)]) {
    const page = await fetch(plugboard.url + path, { headers: { ...bearer(credential), accept: 'text/html' } })
    expect(await page.json()).toMatchObject({ visitor: null })
  }
})

describe('what is out of a token’s sight reads like what is not there:', () => {
  const withoutNamespace: Rename = (request) => request.replaceAll('shop', 'nope')
  const withoutConnection: Rename = (request) => request.replaceAll(/\b(it|removed)\b/g, 'nope')
  const unseen: [scope: Scope, rename: Rename][] = [
    ['another namespace', withoutNamespace],
    ['other things', withoutNamespace],
    ['another organization', withoutNamespace],
    ['other metadata', withoutConnection],
    ['other metadata, not writing', withoutConnection],
  ]

  /** `isMaking`: who may make connections hears which ids are taken. */
  async function differencesIn(isMaking: boolean, ask: (token: string, rename?: Rename) => Promise<PolicyAnswer>): Promise<string[]> {
    const differences: string[] = []
    for (const [scope, rename] of unseen) {
      if (isMaking && scope === 'other metadata') continue
      const there = await ask(tokens[scope])
      // Neither named nor told.
      if (there.status < 300) continue
      const notThere = await ask(tokens[scope], rename)
      if (there.status !== notThere.status || rename(there.body) !== notThere.body) differences.push(`${scope}: ${there.status} ${there.body}, but ${notThere.status} ${notThere.body}`)
    }
    return differences
  }

  it.each(restRoutes)('$method $path', async (route) => {
    if (!namesOurs(tenantRequests(things)[route.operationId])) return
    expect(await differencesIn(route.operationId === 'upsertConnection', (token, rename) => askRoute(plugboard, route, things, token, rename))).toEqual([])
  })

  it.each(procedures)('tRPC %s', async (path, { _def: { type } }) => {
    if (!namesOurs(tenantInputs(things)[path])) return
    expect(await differencesIn(path === 'connections.upsert', (token, rename) => askProcedure(plugboard, { path, type }, things, token, rename))).toEqual([])
  })

  it.each([...ENDPOINTS, '/mcp/shop'])('the MCP endpoint %s', async (path) => {
    expect(await differencesIn(false, (token, rename) => askEndpoint(plugboard, path, token, rename))).toEqual([])
  })
})

/** Rather than what whoever asks has of their own. */
const namesOurs = (request: unknown): boolean => /shop/.test(JSON.stringify(request))
