import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionPage, ConnectionView } from '../../server/connections/connection-view.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/namespaces/kept')
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const ids = (page: ConnectionPage) => page.connections.map((connection) => connection.connectionId).toSorted()

describe.each([
  ['the root', ''],
  ['/connect', '/connect'],
])('a connection under %s', (_where, mount) => {
  let path: string
  let tests = 0
  beforeEach(() => {
    path = `${mount}/kept/wiki${mount.replace('/', '-')}-${++tests}`
  })
  const make = () =>
    plugboard.send<ConnectionView>('PUT', path, { mcpUrl: upstream.url.href, name: 'Wiki', metadata: { userId: 'u1' } })

  it('is made by PUT with a settled status, and is the same one afterwards', async () => {
    const made = await make()
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name: 'Wiki', status: { state: 'connected' }, serverInfo: { name: 'fixture-upstream' } })
    const read = await plugboard.send('GET', path)
    expect(read).toMatchObject({ status: 200, body: { name: 'Wiki', metadata: { userId: 'u1' } } })
  })

  it('keeps what a second PUT leaves out', async () => {
    await make()
    const renamed = await plugboard.send('PUT', path, { name: 'Handbook' })
    expect(renamed).toMatchObject({ status: 200, body: { name: 'Handbook', metadata: { userId: 'u1' } } })
  })

  it('does not change its server: 409, and the client is told not to repeat it', async () => {
    await make()
    const moved = await plugboard.send('PUT', path, { mcpUrl: 'http://127.0.0.1:1/mcp' })
    expect(moved).toMatchObject({ status: 409, body: { error: 'conflict', code: 'connection.url_mismatch' } })
    expect(moved.headers.get('x-should-retry')).toBe('false')
  })

  it.each(['check', 'refresh'])('is asked again by .%s', async (verb) => {
    await make()
    const before = upstream.requests.length
    expect(await plugboard.send('POST', `${path}/.${verb}`)).toMatchObject({ status: 200, body: { status: { state: 'connected' } } })
    expect(upstream.requests.length).toBeGreaterThan(before)
  })

  it('is gone when DELETE answers', async () => {
    await make()
    expect(await plugboard.send('DELETE', path)).toMatchObject({ status: 200, body: { success: true } })
    expect(await plugboard.send('GET', path)).toMatchObject({ status: 404, body: { error: 'not_found', code: 'connection.not_found' } })
  })
})

describe('a list of connections', () => {
  beforeAll(async () => {
    await plugboard.send('PUT', '/namespaces/lists')
    for (const userId of ['u1', 'u2', 'u3']) {
      await plugboard.send('PUT', `/lists/of-${userId}`, { mcpUrl: upstream.url.href, metadata: { userId, 'team.name': 'red', seats: 5 } })
    }
  })

  it.each([
    ['metadata.userId=u2', ['of-u2']],
    ['metadata[userId]=u2', ['of-u2']],
    ['metadata.userId=u2&metadata.seats=5', ['of-u2']],
    ['metadata.userId=u2&metadata.seats=6', []],
    ['metadata.team.name=red', ['of-u1', 'of-u2', 'of-u3']],
    ['name=of-u3', ['of-u3']],
    ['metadata.connectionId=of-u1', ['of-u1']],
  ])('filtered by %s shows those and no others', async (query, expected) => {
    const { status, body } = await plugboard.send<ConnectionPage>('GET', `/lists?${query}`)
    expect(status).toBe(200)
    expect(ids(body)).toEqual(expected)
  })

  it('filtered by mcpUrl compares the whole URL', async () => {
    const query = (url: string) => plugboard.send<ConnectionPage>('GET', `/lists?mcpUrl=${encodeURIComponent(url)}`)
    expect(ids((await query(upstream.url.href)).body)).toHaveLength(3)
    expect(ids((await query(`${upstream.url.href}/other`)).body)).toEqual([])
  })

  it('comes in pages that hold every connection once', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: ConnectionPage = (await plugboard.send<ConnectionPage>('GET', `/lists?limit=2${cursor ? `&cursor=${cursor}` : ''}`)).body
      seen.push(...ids(page))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen.toSorted()).toEqual(['of-u1', 'of-u2', 'of-u3'])
  })

  // A filter that is not understood and therefore ignored would show other people's connections.
  it.each([
    ['metaData.userId=u1', 'metaData.userId', 'metadata.userId=123'],
    ['metadata=u1', 'metadata', ''],
    ['userId=u1', 'userId', 'is not a query parameter'],
    ['limit=0', 'limit', ''],
    ['limit=many', 'limit', 'number'],
    ['cursor=bogus', 'cursor', 'is not one'],
    ['metadata.userId=u1&metadata[userId]=u2', 'metadata.userId', 'twice'],
  ])('refuses %s and names the field', async (query, field, hint) => {
    const { status, body } = await plugboard.send('GET', `/lists?${query}`)
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: 'validation_error', details: { field }, message: expect.stringContaining(`${field}: `) })
    expect(body.message).toContain(hint)
  })
})

describe('bad input', () => {
  it.each([
    ['no mcpUrl', 'mcpUrl', { name: 'x' }],
    ['a mcpUrl that is none', 'mcpUrl', { mcpUrl: 'gopher://x' }],
    ['an unknown member', 'metdata', { mcpUrl: 'http://127.0.0.1/mcp', metdata: {} }],
    ['a header that is ours to set', 'headers.Host', { mcpUrl: 'http://127.0.0.1/mcp', headers: { Host: 'x' } }],
    ['a reserved metadata key', 'metadata', { mcpUrl: 'http://127.0.0.1/mcp', metadata: { connectionId: 'x' } }],
    ['a name that is no string', 'name', { mcpUrl: 'http://127.0.0.1/mcp', name: 7 }],
    ['a body that is a list', 'body', []],
    ['a body that is not JSON', 'body', '{"mcpUrl":'],
  ])('is refused naming the field and leaves nothing behind: %s', async (_what, field, body) => {
    const refused = await plugboard.send('POST', '/shop', body)
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ error: 'validation_error', requestId: refused.headers.get('x-request-id'), details: { field } })
    expect((await plugboard.send('GET', '/shop')).body).toEqual({ connections: [], nextCursor: null })
  })

  it('in a path is refused naming the parameter', async () => {
    expect(await plugboard.send('GET', '/shop/a.b')).toMatchObject({ status: 400, body: { details: { field: 'connectionId' } } })
    expect(await plugboard.send('GET', '/Shop')).toMatchObject({ status: 400, body: { details: { field: 'namespace' } } })
  })

  it('of another content type is refused with 415', async () => {
    const refused = await plugboard.send('POST', '/shop', 'mcpUrl=x', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(refused).toMatchObject({ status: 415, body: { error: 'unsupported_media_type' } })
  })

  it('of more than 4 MB is refused with 413, whether its length is announced or not', async () => {
    const big = `{"name":"${'x'.repeat(4 * 1024 * 1024)}"}`
    expect(await plugboard.send('POST', '/shop', big)).toMatchObject({ status: 413, body: { code: 'body.too_large' } })
    const chunked = await fetch(`${plugboard.url}/shop`, {
      method: 'POST',
      headers: { authorization: `Bearer ${plugboard.key}`, 'content-type': 'application/json' },
      body: new Blob([big]).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(chunked.status).toBe(413)
  })

  it('does not tell whether a namespace is unknown or someone else\'s', async () => {
    const stranger = await plugboard.createKey()
    const asStranger = { authorization: `Bearer ${stranger.key}` }
    const foreign = await plugboard.send('GET', '/shop', undefined, asStranger)
    const unknown = await plugboard.send('GET', '/nowhere', undefined, asStranger)
    expect(foreign).toMatchObject({ status: 404, body: { message: 'Namespace not found or access denied' } })
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
  })
})

it.each([
  ['POST', '/shop', '{"mcpUrl": "https://mcp.example.com/", "headers": {"__proto__": "x"}}', 'headers.__proto__'],
  ['POST', '/connect-sessions', '{"namespace": "shop", "mcpUrl": "https://mcp.example.com/", "metadata": {"__proto__": "x"}}', 'metadata.__proto__'],
  ['POST', '/trpc/connections.update', '{"namespace": "shop", "connectionId": "any", "metadata": {"__proto__": "x"}}', 'metadata.__proto__'],
  ['POST', '/trpc/connections.try', '{"namespace": "shop", "mcpUrl": "https://mcp.example.com/", "headers": {"__proto__": "x"}}', 'headers.__proto__'],
])('a member that would be lost on its way is refused: %s %s', async (method, path, body, field) => {
  const { status, body: answer } = await plugboard.send(method, path, body)
  expect([status, JSON.stringify(answer)]).toEqual([400, expect.stringContaining(field)])
})

describe('metadata that nobody could filter by is refused, and nothing is stored', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
  it.each([
    ['half a surrogate pair', '{"team": "a", "user": "\\ud83d"}', 'metadata.user'],
    ['half a surrogate pair as its key', '{"\\udc00": 1}', 'metadata.'],
    ['a value that nests without end', `{"user": ${deep(100_000)}}`, 'metadata'],
    ['a key that would be lost', '{"__proto__": "x", "team": "a"}', 'metadata.__proto__'],
    ['a key that would be lost further in', '{"team": [{"__proto__": {}}]}', 'metadata.team.0.__proto__'],
  ])('%s', async (_what, metadata, field) => {
    const { status, body } = await plugboard.send('PUT', '/shop/odd', `{"mcpUrl": "${upstream.url.href}", "metadata": ${metadata}}`)
    const details = { field: expect.stringContaining(field) }
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 'input.invalid', details } })
    expect((await plugboard.send('GET', '/shop/odd')).status).toBe(404)
  })
})
