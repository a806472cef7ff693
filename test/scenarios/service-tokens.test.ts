// An app's backend mints a token for a part of what it may do itself; whoever holds it can do that part, for a while.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppRouter } from '../../server/api/router.ts'
import { signToken } from '../../server/tokens/token-chain.ts'
import type { TokenPage } from '../../server/tokens/token-view.ts'
import { findCanariesOnDisk } from '../support/canary.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { DOORS, openDoor } from '../support/four-doors.ts'
import { bearer, lookAround, mintServiceToken, revokeServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const secondsUntil = (expiresAt: string) => (Date.parse(expiresAt) - plugboard.house.now()) / 1000

it('minted without a word it lives for an hour and is for connections', async () => {
  const { token, expiresAt } = await mintServiceToken(plugboard)
  expect(token).toMatch(/^plugt_[\w-]+\.[\w-]{43}$/)
  expect(secondsUntil(expiresAt)).toBe(3600)
  expect(await lookAround(plugboard, token)).toBe(200)
  for (const path of ['/keys', '/tokens']) expect((await plugboard.send('GET', path, undefined, bearer(token))).status).toBe(403)
})

it.each(DOORS)('a token makes a call through %s', async (door) => {
  const { token } = await mintServiceToken(plugboard)
  const call = await openDoor({ ...plugboard, key: token }, door, 'it')
  expect(await call()).toMatchObject({ status: 200, code: undefined })
})

it('a subscription and a long poll take it, too', async () => {
  const { token } = await mintServiceToken(plugboard)
  const watching = await fetch(`${plugboard.url}/trpc/connections.watch?input=${encodeURIComponent('{"namespace":"shop"}')}`, {
    headers: { accept: 'text/event-stream', ...bearer(token) },
  })
  expect(watching.status).toBe(200)
  await watching.body!.cancel()
  expect(await plugboard.send('GET', '/shop/it?wait=1&until=connected', undefined, bearer(token))).toMatchObject({ status: 200 })
})

it('no door takes it from an address', async () => {
  const { token } = await mintServiceToken(plugboard)
  for (const path of ['/shop', '/trpc/namespaces.list', '/connect/shop/it/mcp'])
    for (const query of [`token=${token}`, `access_token=${token}`, `authorization=Bearer+${token}`, `connectionParams=${JSON.stringify({ token })}`])
      expect((await plugboard.send('GET', `${path}?${query}`, undefined, { authorization: '' })).status).toBe(401)
})

it('a web page may show it, where an API key is refused', async () => {
  const origin = { origin: 'https://app.example.com' }
  const { token } = await mintServiceToken(plugboard)
  expect((await plugboard.send('GET', '/shop', undefined, { ...origin, ...bearer(token) })).status).toBe(200)
  expect((await plugboard.send('GET', '/shop', undefined, origin)).status).toBe(403)
})

describe('its end', () => {
  it('comes to the second', async () => {
    const { token, expiresAt } = await mintServiceToken(plugboard, { ttl: 20 })
    plugboard.advance(19_999)
    expect(await lookAround(plugboard, token)).toBe(200)
    plugboard.advance(1)
    expect([secondsUntil(expiresAt), await lookAround(plugboard, token)]).toEqual([0, 401])
  })

  it.each([
    ['a number of seconds', { ttl: 90 }, 90],
    ['seconds', { ttl: '20s' }, 20],
    ['minutes', { ttl: '30m' }, 1800],
    ['hours', { ttl: '2h' }, 7200],
    ['a day', { ttl: '1d' }, 86_400],
    ['the shortest of its constraints', { policy: [{ ttl: '2h' }, { ttl: 600, operations: ['read'] }, {}] }, 600],
    ['the shortest of all', { ttl: '10m', policy: [{ ttl: '2h' }] }, 600],
  ])('is as far away as %s says', async (_what, body, seconds) => {
    expect(secondsUntil((await mintServiceToken(plugboard, body)).expiresAt)).toBe(seconds)
  })

  it.each([
    ['more than a day', { ttl: '25h' }, 'ttl'],
    ['more than a day, in a constraint', { policy: [{}, { ttl: 86_401 }] }, 'policy.1.ttl'],
    ['less than 20 seconds', { ttl: 19 }, 'ttl'],
    ['a part of a second', { ttl: 20.5 }, 'ttl'],
    ['a negative number', { ttl: -60 }, 'ttl'],
    ['another unit', { ttl: '1w' }, 'ttl'],
    ['a number as text', { ttl: '60' }, 'ttl'],
    ['a blank', { ttl: ' 1h' }, 'ttl'],
  ])('cannot be %s', async (_what, body, field) => {
    expect(await plugboard.send('POST', '/tokens', body)).toMatchObject({ status: 400, body: { details: { field }, message: expect.any(String) } })
  })
})

it.each([
  ['an empty policy', { policy: [] }],
  ['a policy that is no list', { policy: { operations: ['read'] } }],
  ['a field that is not known', { policy: [{ namespace: 'shop' }] }],
  ['an operation that does not exist', { policy: [{ operations: ['admin'] }] }],
  ['a member that is not known', { scope: 'all' }],
  ['another organization', { organizationId: 'org_other' }],
  ['more than a token can hold', { policy: [{ namespaces: Array.from({ length: 200 }, (_, index) => `namespace-number-${index}`) }] }],
])('a request with %s mints nothing', async (_what, body) => {
  expect(await plugboard.send('POST', '/tokens', body)).toMatchObject({ status: 400, body: { error: 'validation_error', message: expect.any(String) } })
})

it('nobody mints for nothing', async () => {
  expect(await plugboard.send('POST', '/tokens', {}, { authorization: '' })).toMatchObject({ status: 401, body: { error: 'unauthorized', message: expect.any(String) } })
})

it('tRPC mints, narrows, lists and revokes', async () => {
  const client = (credential: string) => createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${plugboard.url}/trpc`, headers: bearer(credential) })] })
  const backend = client((await plugboard.createKey(plugboard.organizationId)).key)
  plugboard.advance(1)
  const { token } = await backend.tokens.mint.mutate({ name: 'browser', policy: [{ operations: ['read', 'execute'] }] })
  const narrowed = await client(token).tokens.narrow.mutate({ token, policy: [{ operations: 'read' }], ttl: '5m' })
  expect(await client(narrowed.token).connections.list.query({ namespace: 'shop' })).toMatchObject({ connections: [{ connectionId: 'it' }] })
  const { tokens } = await backend.tokens.list.query({ limit: 1 })
  expect(tokens).toMatchObject([{ name: 'browser', mintedBy: { kind: 'api_key' }, policy: [{ operations: ['read', 'execute'] }], revokedAt: null }])
  await backend.tokens.revoke.mutate({ id: tokens[0]!.id })
  await expect(client(narrowed.token).connections.list.query({ namespace: 'shop' })).rejects.toMatchObject({ data: { httpStatus: 401 } })
  await expect(client(token).tokens.mint.mutate({})).rejects.toMatchObject({ data: { httpStatus: 401 } })
})

it('a list is paged, newest first, and of one organization', async () => {
  const names = ['first', 'second', 'third']
  const { key } = await plugboard.createKey()
  for (const name of names) {
    plugboard.advance(1)
    await mintServiceToken(plugboard, { name }, key)
  }
  const page = async (query: string) => (await plugboard.send<TokenPage>('GET', `/tokens?${query}`, undefined, bearer(key))).body
  const start = await page('limit=2')
  const rest = await page(`limit=2&cursor=${start.nextCursor}`)
  expect([...start.tokens, ...rest.tokens].map(({ name }) => name)).toEqual(names.toReversed())
  expect(rest.nextCursor).toBeNull()
  expect(await plugboard.send('GET', '/tokens?cursor=x', undefined, bearer(key))).toMatchObject({ status: 400 })
})

it('what POST /tokens narrows it to is what its holder makes of it alone, byte for byte', async () => {
  const { token } = await mintServiceToken(plugboard)
  const policy = [{ operations: ['read'] }]
  const exp = Math.floor(plugboard.house.now() / 1000) + 60
  const script = fileURLToPath(new URL('../fixtures/narrow-token.mjs', import.meta.url))
  const alone = execFileSync(process.execPath, [script, JSON.stringify({ policy, exp })], { input: token, encoding: 'utf8' })
  expect((await mintServiceToken(plugboard, { policy, ttl: 60 }, token)).token).toBe(alone)
  const change = (credential: string) => plugboard.send('PUT', '/shop/it', { name: 'Renamed' }, bearer(credential))
  expect([(await change(token)).status, await lookAround(plugboard, alone), (await change(alone)).status]).toEqual([200, 200, 403])
  const wider = [...alone.split('.').slice(0, -2), Buffer.from('{}').toString('base64url'), alone.split('.').at(-1)].join('.')
  expect(await lookAround(plugboard, wider)).toBe(401)
})

it('no file holds it, or what would make one of it', async () => {
  const { token } = await mintServiceToken(plugboard)
  const child = (await mintServiceToken(plugboard, { ttl: 60 }, token)).token
  await lookAround(plugboard, child)
  await revokeServiceToken(plugboard, { token: child })
  const signatures = [token, child].map((text, index) => ({ name: `signature ${index}`, value: text.slice(text.lastIndexOf('.') + 1) }))
  expect(await findCanariesOnDisk(plugboard.house.config.dataDir, signatures)).toEqual([])
})

it('for one address alone it opens no other', async () => {
  const { keyId, key } = plugboard.house.vault.derivedKey('service-token')
  const issuedAtMs = Math.floor(plugboard.house.now() / 1000) * 1000
  const { mintedBy } = (await plugboard.send<TokenPage>('GET', '/tokens?limit=1')).body.tokens[0]!
  const root = { id: 'tok_x', organizationId: plugboard.organizationId, keyId, issuedAtMs, expiresAtMs: issuedAtMs + 60_000, minter: `api_key:${mintedBy.id}`, policy: [{}] }
  const anywhere = signToken(key, { ...root, audience: undefined })!.token
  const elsewhere = signToken(key, { ...root, audience: `${plugboard.url}/mcp/shop` })!.token
  expect([await lookAround(plugboard, anywhere), await lookAround(plugboard, elsewhere)]).toEqual([200, 401])
  const early = signToken(key, { ...root, issuedAtMs: issuedAtMs + 61_000, expiresAtMs: issuedAtMs + 90_000, audience: undefined })!.token
  expect(await lookAround(plugboard, early)).toBe(401)
})
