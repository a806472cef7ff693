// A token ends before its time when somebody ends it, or ends who minted it: at once, and with it all that were narrowed
// from it. (Among several processes: service-tokens-shared.)
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { TokenPage } from '../../server/tokens/token-view.ts'
import { accountPages } from '../support/account-pages.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer, lookAround, mintAsMember, mintServiceToken, openMember, revokeServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { openOwnerOf, type TestBrowser } from '../support/test-browser.ts'

let upstream: FixtureUpstream
let plugboard: RunningPlugboard
let owner: TestBrowser

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard({ pages: accountPages }), startFixtureUpstream({ sse: true })])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  owner = await openOwnerOf(plugboard, plugboard.organizationId)
})
afterAll(() => Promise.all([plugboard, upstream].map((each) => each?.stop())))

const lookAt = (tokens: string[]) => Promise.all(tokens.map((token) => lookAround(plugboard, token)))

describe('revoking a token', () => {
  it('ends it and all that were narrowed from it, and nothing else', async () => {
    const parent = (await mintServiceToken(plugboard)).token
    const child = (await mintServiceToken(plugboard, {}, parent)).token
    const grandchild = (await mintServiceToken(plugboard, { ttl: 60 }, child)).token
    const sibling = (await mintServiceToken(plugboard, { policy: [{}] }, parent)).token
    expect(await lookAt([parent, child, grandchild, sibling])).toEqual([200, 200, 200, 200])
    expect(await revokeServiceToken(plugboard, { token: child })).toMatchObject({ status: 200, body: { success: true } })
    expect(await lookAt([parent, child, grandchild, sibling])).toEqual([200, 401, 401, 200])
    await revokeServiceToken(plugboard, { token: parent })
    expect(await lookAt([parent, child, grandchild, sibling])).toEqual([401, 401, 401, 401])
  })

  it('is its holder’s right, for that token', async () => {
    const { token } = await mintServiceToken(plugboard, { policy: [{ operations: ['read'] }] })
    expect((await revokeServiceToken(plugboard, { token }, token)).status).toBe(200)
    expect(await lookAround(plugboard, token)).toBe(401)
  })

  it('from the list ends everything that came of it', async () => {
    const { key } = await plugboard.createKey(plugboard.organizationId)
    plugboard.advance(1)
    const root = (await mintServiceToken(plugboard, { name: 'lost laptop' }, key)).token
    const child = (await mintServiceToken(plugboard, {}, root)).token
    const list = async () => (await plugboard.send<TokenPage>('GET', '/tokens?limit=1')).body.tokens[0]!
    const { id, name } = await list()
    expect(name).toBe('lost laptop')
    expect((await revokeServiceToken(plugboard, { id })).status).toBe(200)
    expect(await lookAt([root, child])).toEqual([401, 401])
    expect((await list()).revokedAt).toBe(new Date(plugboard.house.now()).toISOString())
  })

  it('twice, or after its end, is no mistake', async () => {
    const { token } = await mintServiceToken(plugboard, { ttl: 20 })
    for (let times = 0; times < 2; times++) expect((await revokeServiceToken(plugboard, { token })).status).toBe(200)
    const other = (await mintServiceToken(plugboard, { ttl: 20 })).token
    plugboard.advance(20_000)
    expect((await revokeServiceToken(plugboard, { token: other })).status).toBe(200)
  })

  it('of another organization is not possible, nor is one that never was', async () => {
    const { token } = await mintServiceToken(plugboard)
    const stranger = await plugboard.createKey()
    const { id } = (await plugboard.send<TokenPage>('GET', '/tokens?limit=1')).body.tokens[0]!
    for (const body of [{ token }, { id }]) expect((await revokeServiceToken(plugboard, body, stranger.key)).status).toBe(404)
    for (const body of [{ token: `${token}A` }, { token: 'plugt_x' }, { id: 'tok_nobodys' }]) expect((await revokeServiceToken(plugboard, body)).status).toBe(404)
    expect(await lookAround(plugboard, token)).toBe(200)
  })

  it('needs no credential of one’s own: whoever finds it can report it', async () => {
    const { token } = await mintServiceToken(plugboard)
    expect(await plugboard.send('POST', '/keys/report-leaked', { key: token }, { authorization: '' })).toMatchObject({ status: 200, body: { received: true } })
    expect(await lookAround(plugboard, token)).toBe(401)
  })

  it('ends an open stream', async () => {
    const { token } = await mintServiceToken(plugboard)
    const response = await fetch(`${plugboard.url}/connect/shop/it/mcp`, {
      method: 'POST',
      headers: { ...bearer(token), accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'slow', arguments: {} } }),
    })
    expect(response.status).toBe(200)
    const carrying = upstream.requests.at(-1)!
    await revokeServiceToken(plugboard, { token })
    await plugboard.services.gateway.openStreams.recheck()
    await response.text().catch(() => undefined)
    expect(await carrying.over).toBe('cut')
  })
})

describe('a token ends with its minter', () => {
  it('when the API key is revoked', async () => {
    const { key, id } = await plugboard.createKey(plugboard.organizationId)
    const { token } = await mintServiceToken(plugboard, {}, key)
    const child = (await mintServiceToken(plugboard, {}, token)).token
    expect(await lookAt([token, child])).toEqual([200, 200])
    await plugboard.send('DELETE', `/keys/${id}`)
    expect(await lookAt([token, child])).toEqual([401, 401])
  })

  it('when the API key expires', async () => {
    const expiresAt = new Date(plugboard.house.now() + 60_000).toISOString()
    const { key } = (await plugboard.send<{ key: string }>('POST', '/keys', { name: 'short', expiresAt })).body
    const { token } = await mintServiceToken(plugboard, {}, key)
    expect(await lookAround(plugboard, token)).toBe(200)
    plugboard.advance(60_000)
    expect(await lookAround(plugboard, token)).toBe(401)
  })

  it('when the member is removed', async () => {
    const { browser, id } = await openMember(plugboard, owner, { email: 'leaver@example.com' })
    const token = await mintAsMember(browser)
    expect(await lookAround(plugboard, token)).toBe(200)
    await owner.mutate('members.remove', { id })
    expect(await lookAround(plugboard, token)).toBe(401)
  })

  it('not when the member signs out', async () => {
    const { browser } = await openMember(plugboard, owner, { email: 'tired@example.com' })
    const token = await mintAsMember(browser)
    await browser.post('/sign-out', {})
    expect(await lookAround(plugboard, token)).toBe(200)
  })
})

it('what a member may not do any more, their token may not either', async () => {
  const { browser, id } = await openMember(plugboard, owner, { email: 'admin@example.com', role: 'admin' })
  const token = await mintAsMember(browser, { policy: [{ resources: ['namespaces'], operations: ['read', 'write'] }] })
  const make = async (name: string) => (await plugboard.send('PUT', `/namespaces/${name}`, undefined, bearer(token))).status
  expect(await make('made-by-admin')).toBe(201)
  await owner.mutate('members.changeRole', { id, role: 'member' })
  expect(await make('not-made')).toBe(403)
})

it('where the database does not say what was revoked, tokens are not believed for longer than five seconds', async () => {
  const own = await startPlugboard()
  onTestFinished(() => own.stop())
  await own.send('PUT', '/namespaces/shop')
  const { token } = await mintServiceToken(own)
  expect(await lookAround(own, token)).toBe(200)
  const { read } = own.house.db
  own.house.db.read = () => Promise.reject(new Error('the database is away'))
  onTestFinished(() => void (own.house.db.read = read))
  own.advance(5000)
  expect(await lookAround(own, token)).toBe(500)
  own.house.db.read = read
  expect(await lookAround(own, token)).toBe(200)
})
