// A token for one user's connections does nothing with another user's, whatever it sends and through whichever door.
import { createTRPCClient, httpLink } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findConnection } from '../../db/queries/connections.ts'
import type { AppRouter } from '../../server/api/router.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { DOORS, openDoor } from '../support/four-doors.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

interface Connection {
  connectionId: string
  metadata: Record<string, unknown> | null
}
interface Page {
  connections: Connection[]
  nextCursor: string | null
}

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  for (const userId of ['1', '2']) {
    const metadata = { userId, plan: 'free' }
    await plugboard.send('PUT', `/shop/of-${userId}`, { mcpUrl: upstream.url, metadata, headers: { 'x-key': `secret-${userId}` } })
  }
  await plugboard.send('PUT', '/shop/of-nobody', { mcpUrl: upstream.url })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const mint = async (policy: object[], minter?: string) => bearer((await mintServiceToken(plugboard, { policy }, minter)).token)
const ofUser1 = () => mint([{ namespaces: 'shop', metadata: { userId: '1' } }])
const idsOf = ({ connections }: Page) => connections.map(({ connectionId }) => connectionId)
const rowOf = async (connectionId: string) => JSON.stringify(await findConnection(plugboard.house.db, { namespace: 'shop', connectionId }))
const asTrpc = (headers: Record<string, string>) => createTRPCClient<AppRouter>({ links: [httpLink({ url: `${plugboard.url}/trpc`, headers })] })

it('lists and reads its own, and finds nothing of the others', async () => {
  const token = await ofUser1()
  expect(idsOf((await plugboard.send<Page>('GET', '/shop', undefined, token)).body)).toEqual(['of-1'])
  expect(idsOf((await asTrpc(token).connections.list.query({ namespace: 'shop' })) as Page)).toEqual(['of-1'])
  expect(await asTrpc(token).connections.summary.query({ namespace: 'shop' })).toMatchObject({ total: 1 })
  expect((await plugboard.send('GET', '/shop/of-1', undefined, token)).status).toBe(200)
  for (const id of ['of-2', 'of-nobody', 'none']) expect(await plugboard.send('GET', `/shop/${id}`, undefined, token)).toMatchObject({ status: 404, body: { code: 'connection.not_found' } })
})

it.each([
  'metadata.userId=2',
  'metadata[userId]=2',
  'metadata.connectionId=of-2',
  'name=of-2',
  'metadata.plan=free&metadata.userId=2',
  `metadata.${encodeURIComponent("a'")}=2`,
  `metadata.${encodeURIComponent("userId' OR '1'='1")}=2`,
  `metadata.${encodeURIComponent('$.userId')}=2`,
  'metadata.__proto__=2',
  'metadata[__proto__][userId]=2',
  'metadata.constructor=2',
])('asking for others by %s finds nothing', async (query) => {
  const { status, body } = await plugboard.send<Page>('GET', `/shop?${query}`, undefined, await ofUser1())
  expect(status === 400 || idsOf(body).length === 0).toBe(true)
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as Record<string, unknown>).userId).toBeUndefined()
})

it('pages through its own only, and a cursor of somebody else is refused', async () => {
  for (let index = 0; index < 5; index++) await plugboard.send('PUT', `/shop/page-${index}`, { mcpUrl: upstream.url, metadata: { team: index % 2 === 0 ? 'red' : 'blue' } })
  const token = await mint([{ metadata: [{ team: 'red' }, { userId: '1' }] }])
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { body }: { body: Page } = await plugboard.send<Page>('GET', `/shop?limit=2${cursor && `&cursor=${cursor}`}`, undefined, token)
    seen.push(...idsOf(body))
    cursor = body.nextCursor
  }
  expect(seen.sort()).toEqual(['of-1', 'page-0', 'page-2', 'page-4'])
  const { body } = await plugboard.send<Page>('GET', '/shop?limit=2')
  for (const [holder, foreign] of [[token, body.nextCursor], [await ofUser1(), body.nextCursor]] as const)
    expect((await plugboard.send('GET', `/shop?limit=2&cursor=${foreign}`, undefined, holder)).status).toBe(400)
})

describe("another user's connection stays as it is, to the byte", () => {
  it.each<[string, (token: Record<string, string>) => Promise<{ status: number }>]>([
    ['PUT', (token) => plugboard.send('PUT', '/shop/of-2', { name: 'mine', metadata: { userId: '1' } }, token)],
    ['PUT with its URL', (token) => plugboard.send('PUT', '/shop/of-2', { mcpUrl: upstream.url, headers: { 'x-key': 'mine' } }, token)],
    ['PUT below /connect', (token) => plugboard.send('PUT', '/connect/shop/of-2', { name: 'mine' }, token)],
    ['DELETE', (token) => plugboard.send('DELETE', '/shop/of-2', undefined, token)],
    ['.check', (token) => plugboard.send('POST', '/shop/of-2/.check', undefined, token)],
    ['.refresh', (token) => plugboard.send('POST', '/shop/of-2/.refresh', undefined, token)],
    ['a connect session', (token) => plugboard.send('POST', '/connect-sessions', { namespace: 'shop', connectionId: 'of-2', person: 'p' }, token)],
    ...(['update', 'upsert', 'delete', 'remove', 'undoRemove', 'check'] as const).map((procedure): [string, (token: Record<string, string>) => Promise<{ status: number }>] => [
      `tRPC ${procedure}`,
      (token) => plugboard.send('POST', `/trpc/connections.${procedure}`, { namespace: 'shop', connectionId: 'of-2' }, token),
    ]),
    ['its setup link', (token) => plugboard.send('GET', `/trpc/connections.setupLink?input=${encodeURIComponent('{"namespace":"shop","connectionId":"of-2"}')}`, undefined, token)],
    ['its credential', (token) => plugboard.send('GET', `/trpc/connections.credential?input=${encodeURIComponent('{"namespace":"shop","connectionId":"of-2"}')}`, undefined, token)],
  ])('%s', async (_what, ask) => {
    const before = await rowOf('of-2')
    expect(before).toContain('"userId":"2"')
    expect((await ask(await ofUser1())).status).toBe(404)
    expect(await rowOf('of-2')).toBe(before)
  })

  it.each(DOORS)('and is not called through %s', async (door) => {
    const { token } = await mintServiceToken(plugboard, { policy: [{ metadata: { userId: '1' } }] })
    const call = await openDoor({ ...plugboard, key: token }, door, 'of-2')
    const calls = upstream.requests.length
    expect((await call()).status).toBe(404)
    expect(upstream.requests.length).toBe(calls)
  })
})

describe('what it is limited by it cannot change', () => {
  it.each([{ userId: '2' }, { userId: 1 }, { userId: null }, { userId: ['1'] }])('its own connection does not become %j', async (metadata) => {
    const before = await rowOf('of-1')
    expect(await plugboard.send('PUT', '/shop/of-1', { metadata }, await ofUser1())).toMatchObject({ status: 403, body: { code: 'policy.metadata_fixed' } })
    expect(await rowOf('of-1')).toBe(before)
  })

  it('other metadata changes, and what was left out is kept', async () => {
    const token = await ofUser1()
    expect((await plugboard.send('PUT', '/shop/of-1', { metadata: { plan: 'pro' } }, token)).body).toMatchObject({ metadata: { plan: 'pro', userId: '1' } })
    expect((await plugboard.send('PUT', '/shop/of-1', { metadata: null }, token)).body).toMatchObject({ metadata: { userId: '1' } })
    expect((await plugboard.send('PUT', '/shop/of-1', { metadata: { userId: '1', plan: 'free' } }, token)).status).toBe(200)
  })

  it('nor what another of its grants is limited by', async () => {
    const token = await mint([{ metadata: { userId: '1' } }, { metadata: { workspace: 'w' }, operations: 'read' }])
    expect(await plugboard.send('PUT', '/shop/of-1', { metadata: { workspace: 'w' } }, token)).toMatchObject({ status: 403, body: { code: 'policy.metadata_fixed' } })
  })
})

describe('what it makes is its own', () => {
  const make = (body: object, headers: Record<string, string>) => plugboard.send<Connection>('POST', '/shop', { mcpUrl: upstream.url, ...body }, headers)

  it('its metadata is filled in, and is in its list', async () => {
    const token = await ofUser1()
    const { status, body } = await make({ metadata: { plan: 'free' } }, token)
    expect({ status, metadata: body.metadata }).toEqual({ status: 201, metadata: { plan: 'free', userId: '1' } })
    expect(idsOf((await plugboard.send<Page>('GET', '/shop', undefined, token)).body)).toContain(body.connectionId)
  })

  it.each([{ userId: '2' }, { userId: null }, { userId: { a: 1 } }])('%j is refused', async (metadata) => {
    expect(await make({ metadata }, await ofUser1())).toMatchObject({ status: 403 })
    expect((await plugboard.send('PUT', '/shop/new-one', { mcpUrl: upstream.url, metadata }, await ofUser1())).status).toBe(403)
    expect((await plugboard.send('GET', '/shop/new-one')).status).toBe(404)
  })

  it('where it could be of several kinds it must say which', async () => {
    const token = await mint([{ metadata: [{ userId: '1' }, { userId: '3' }] }])
    expect(await make({}, token)).toMatchObject({ status: 400, body: { code: 'policy.metadata_ambiguous' } })
    expect((await make({ metadata: { userId: '3' } }, token)).body.metadata).toEqual({ userId: '3' })
  })

  it('an id that somebody else has is neither told nor taken', async () => {
    const before = await rowOf('of-2')
    expect(await plugboard.send('PUT', '/shop/of-2', { mcpUrl: upstream.url }, await ofUser1())).toMatchObject({ status: 404 })
    expect(await rowOf('of-2')).toBe(before)
  })

  it('a token for one id makes no other', async () => {
    const token = await mint([{ metadata: { connectionId: 'mine' } }])
    expect((await make({}, token)).status).toBe(403)
    expect((await plugboard.send('PUT', '/shop/yours', { mcpUrl: upstream.url }, token)).status).toBe(403)
    expect((await plugboard.send('PUT', '/shop/mine', { mcpUrl: upstream.url }, token)).status).toBe(201)
  })
})

it('moved out of its scope, a connection is gone for it', async () => {
  await plugboard.send('PUT', '/shop/moving', { mcpUrl: upstream.url, metadata: { userId: '1' } })
  const token = await ofUser1()
  expect((await plugboard.send('GET', '/shop/moving', undefined, token)).status).toBe(200)
  await plugboard.send('PUT', '/shop/moving', { metadata: { userId: '2' } })
  expect((await plugboard.send('GET', '/shop/moving', undefined, token)).status).toBe(404)
  expect((await plugboard.send('POST', '/shop/moving/.tools/echo', {}, token)).status).toBe(404)
})

it('an operation that is missing is refused in words, and a status may be read by who may only call', async () => {
  const reader = await mint([{ operations: 'read', metadata: { userId: '1' } }])
  expect(await plugboard.send('DELETE', '/shop/of-1', undefined, reader)).toMatchObject({ status: 403, body: { code: 'policy.forbidden' } })
  expect((await plugboard.send('POST', '/shop/of-1/.tools/echo', {}, reader)).status).toBe(403)
  const caller = await mint([{ operations: 'execute', metadata: { userId: '1' } }])
  expect((await plugboard.send('POST', '/shop/of-1/.tools/echo', { text: 'hi' }, caller)).status).toBe(200)
  expect((await plugboard.send('GET', '/shop/of-1', undefined, caller)).body).toMatchObject({ connectionId: 'of-1', status: { state: 'connected' }, mcpUrl: null, metadata: null })
  expect((await plugboard.send('GET', '/shop', undefined, caller)).status).toBe(403)
})

it('finds its namespaces, sees no others, and makes none', async () => {
  await plugboard.send('PUT', '/namespaces/other-shop')
  const token = await mint([{ namespaces: 'shop', operations: 'execute' }])
  expect((await plugboard.send('GET', '/namespaces', undefined, token)).body).toMatchObject({ namespaces: [{ name: 'shop' }] })
  expect((await plugboard.send('GET', '/other-shop', undefined, token)).status).toBe(404)
  for (const [method, path] of [['POST', '/namespaces'], ['PUT', '/namespaces/third'], ['PUT', '/namespaces/shop']] as const)
    expect((await plugboard.send(method, path, {}, token)).status).toBe(403)
  expect((await plugboard.send('GET', '/namespaces/shop/settings', undefined, token)).status).toBe(403)
})

it('narrowed, it sees what both of its policies see', async () => {
  const wide = (await mintServiceToken(plugboard, { policy: [{ metadata: [{ userId: '1' }, { userId: '2' }] }] })).token
  const narrow = await mint([{ metadata: { userId: '2' } }], wide)
  expect(idsOf((await plugboard.send<Page>('GET', '/shop?name=of-1', undefined, narrow)).body)).toEqual([])
  expect(idsOf((await plugboard.send<Page>('GET', '/shop?name=of-2', undefined, narrow)).body)).toEqual(['of-2'])
  const nothing = await mint([{ metadata: { userId: '3' } }], wide)
  expect(idsOf((await plugboard.send<Page>('GET', '/shop', undefined, nothing)).body)).toEqual([])
})
