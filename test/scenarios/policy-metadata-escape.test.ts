// A token for one user tries to become another's, or nobody's: through what it writes, what it filters by, and what
// metadata are called. At REST and at tRPC, and what is stored stays as it is to the byte.
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let token: string
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  for (const userId of ['1', '2']) await plugboard.send('PUT', `/shop/of-${userId}`, { mcpUrl: upstream.url, metadata: { userId } })
  token = (await mintServiceToken(plugboard, { policy: [{ namespaces: 'shop', metadata: { userId: '1' } }] })).token
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

interface Listed {
  connections?: { connectionId: string; metadata: Record<string, unknown> | null }[]
}

const send = <Body = Record<string, unknown>>(method: string, path: string, body?: unknown) => plugboard.send<Body>(method, path, body, bearer(token))
const rows = async () => JSON.stringify(await plugboard.house.db.read(plugboard.house.db.build.all(sql`SELECT * FROM connection ORDER BY uid`)))

describe('metadata that the token is limited by', () => {
  const others: [what: string, metadata: unknown][] = [
    ['another user’s', { userId: '2' }],
    ['none', { userId: null }],
    ['a number', { userId: 2 }],
    ['a list of both', { userId: ['1', '2'] }],
    ['an object', { userId: { $in: ['1', '2'] } }],
    ['a text with a quote', { userId: "1' OR '1'='1" }],
  ]
  const writes: [door: string, write: (metadata: unknown, id: string) => [method: string, path: string, body: object]][] = [
    ['PUT', (metadata, id) => ['PUT', `/shop/${id}`, { metadata }]],
    ['tRPC upsert', (metadata, connectionId) => ['POST', '/trpc/connections.upsert', { namespace: 'shop', connectionId, metadata }]],
    ['tRPC update', (metadata, connectionId) => ['POST', '/trpc/connections.update', { namespace: 'shop', connectionId, metadata }]],
  ]

  it.each(others)('does not become %s', async (_what, metadata) => {
    const before = await rows()
    for (const [, write] of writes) {
      expect([400, 403]).toContain((await send(...write(metadata, 'of-1'))).status)
      expect([400, 404]).toContain((await send(...write(metadata, 'of-2'))).status)
    }
    expect([400, 403]).toContain((await send('POST', '/shop', { mcpUrl: upstream.url, metadata })).status)
    expect([400, 403]).toContain((await send('PUT', '/shop/new', { mcpUrl: upstream.url, metadata })).status)
    expect([400, 403]).toContain((await send('POST', '/trpc/connections.create', { namespace: 'shop', mcpUrl: upstream.url, metadata })).status)
    expect(await rows()).toBe(before)
  })

  it('stays where it is left out, taken away, or not given to a new connection', async () => {
    for (const body of [{ metadata: {} }, { metadata: null }, { metadata: { colour: 'red' } }, { name: 'Mine' }]) {
      await send('PUT', '/shop/of-1', body)
      expect((await send('GET', '/shop/of-1')).body).toMatchObject({ metadata: { userId: '1' } })
    }
    expect((await send('POST', '/shop', { mcpUrl: upstream.url })).body).toMatchObject({ metadata: { userId: '1' } })
  })
})

it.each(['metadata.userId=2', 'metadata.userId=1&metadata.userId=2', 'metadata[userId]=2', 'metadata=%7B%22userId%22%3A%222%22%7D', 'connectionId=of-2', 'q=of-2', 'search=of-2'])(
  'no filter lists what is another user’s: %s',
  async (query) => {
    const { status, body } = await send<Listed>('GET', `/shop?${query}`)
    expect([200, 400]).toContain(status)
    expect((body.connections ?? []).filter(({ metadata }) => metadata?.userId !== '1')).toEqual([])
  },
)

it.each(["a'", 'a"', "a') OR 1=1 --", '$.userId', 'userId"]', '__proto__', 'constructor', 'prototype.polluted', 'toString', '%', '_', '*', ''])(
  'a key of metadata called %j is nothing but a key, and finds what has it',
  async (key) => {
    const filter = new URLSearchParams({ [`metadata.${key}`]: 'x' })
    for (const answer of [await send<Listed>('GET', `/shop?${filter}`), await plugboard.send<Listed>('GET', `/shop?${filter}`)]) {
      expect([200, 400]).toContain(answer.status)
      expect(answer.body.connections ?? []).toEqual([])
    }
    const made = await plugboard.send('PUT', '/shop/odd', `{"mcpUrl":${JSON.stringify(upstream.url)},"metadata":{${JSON.stringify(key)}:"x","userId":"2"}}`)
    expect([201, 200, 400]).toContain(made.status)
    expect((await send('GET', '/shop/odd')).status).toBe(404)
    const { body } = await plugboard.send<{ token?: string }>('POST', '/tokens', `{"policy":[{"metadata":{${JSON.stringify(key)}:"x"}}]}`)
    const seen = body.token === undefined ? undefined : await plugboard.send<Listed>('GET', '/shop', undefined, bearer(body.token))
    const ids = seen?.body.connections?.map(({ connectionId }) => connectionId) ?? []
    expect(ids).toEqual(seen && made.status < 300 ? ['odd'] : [])
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  },
)
