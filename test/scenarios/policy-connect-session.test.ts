// A person is sent by whoever holds a service token: what that makes lies within the token, the app's backend has the last
// word, and the link ends with the token.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APP, type ConnectingApp, RETURN_URL, startConnectingApp } from '../support/connecting-app.ts'
import { createConnectingPerson } from '../support/connecting-person.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer, mintServiceToken, revokeServiceToken } from '../support/service-tokens.ts'

let app: ConnectingApp
let open: FixtureUpstream
beforeAll(async () => {
  ;[app, open] = await Promise.all([startConnectingApp(), startFixtureUpstream()])
})
afterAll(() => Promise.all([app?.stop(), open?.stop()]))

const mint = async (policy: object[], ttl?: string) => (await mintServiceToken(app.plugboard, { policy, ...(ttl !== undefined && { ttl }) })).token
const ofUser7 = () => mint([{ metadata: { userId: '7' } }])
const start = (token: string, input: object = {}) =>
  app.plugboard.send<{ connectSessionId: string; url: string; expiresAt: string; code: string }>(
    'POST',
    '/connect-sessions',
    { namespace: 'acme', mcpUrl: app.upstream.url, returnUrl: RETURN_URL, person: 'seven', ...input },
    bearer(token),
  )
const statusOf = async (id: string, token: string) => (await app.plugboard.send('GET', `/connect-sessions/${id}`, undefined, bearer(token))).status

it("what is made has the token's metadata, and is used only after the backend has named the person", async () => {
  const token = await ofUser7()
  const { status, body } = await start(token, { metadata: { plan: 'free' } })
  expect(status).toBe(201)
  const back = await createConnectingPerson().connect(body.url)
  expect([back.origin, back.searchParams.get('status')]).toEqual([APP, 'pending'])
  const { connectionId } = await app.see(body)
  expect((await app.plugboard.send('GET', `/acme/${connectionId}`)).body).toMatchObject({ metadata: { userId: '7', plan: 'free' }, status: { state: 'auth_required' } })
  const code = back.searchParams.get('code')!
  expect((await app.plugboard.send('POST', `/connect-sessions/${body.connectSessionId}/complete`, { code, person: 'seven' }, bearer(token))).status).toBe(403)
  expect((await app.complete(body, { code, person: 'seven' })).status).toBe(200)
  expect(await app.callTool(connectionId!)).toBe(200)
})

describe('it cannot start', () => {
  it.each<[string, object, number]>([
    ["another user's", { metadata: { userId: '8' } }, 403],
    ['one that completes itself', { completion: 'auto' }, 400],
    ['one without a person', { person: undefined }, 400],
  ])('%s', async (_what, input, status) => expect((await start(await ofUser7(), input)).status).toBe(status))

  it('one for an id that nobody knows yet', async () => expect((await start(await mint([{ metadata: { connectionId: 'mine' } }]))).status).toBe(403))

  it('one without write', async () => expect((await start(await mint([{ operations: ['read', 'execute'] }]))).status).toBe(403))
})

it("the token sees its own sessions and no other's", async () => {
  const [seven, eight] = [await ofUser7(), await mint([{ metadata: { userId: '8' } }])]
  const { connectSessionId } = (await start(seven)).body
  expect([await statusOf(connectSessionId, seven), await statusOf(connectSessionId, eight)]).toEqual([200, 404])
})

describe('a link ends', () => {
  const look = async (url: string) => (await createConnectingPerson().look(url)).status
  const agree = async (url: string) => (await createConnectingPerson().agree(url)).status

  it('with its token, at the latest', async () => {
    const { token, expiresAt } = await mintServiceToken(app.plugboard, { policy: [{ metadata: { userId: '7' } }], ttl: '1m' })
    const { body } = await start(token, { ttl: 600 })
    expect(body.expiresAt).toBe(expiresAt)
  })

  it('when its token is revoked', async () => {
    const token = await ofUser7()
    const { body } = await start(token)
    expect(await look(body.url)).toBe(200)
    await revokeServiceToken(app.plugboard, { token })
    expect([await look(body.url), await agree(body.url)]).not.toContain(200)
    expect(await agree(body.url)).not.toBe(303)
  })

  it('when its connection is moved out of reach', async () => {
    await app.plugboard.send('PUT', '/acme/moving', { mcpUrl: open.url, metadata: { userId: '7' } })
    const { body, status } = await start(await ofUser7(), { mcpUrl: undefined, connectionId: 'moving' })
    expect([status, await look(body.url)]).toEqual([201, 200])
    await app.plugboard.send('PUT', '/acme/moving', { metadata: { userId: '8' } })
    expect(await look(body.url)).not.toBe(200)
    expect(await agree(body.url)).not.toBe(303)
  })
})

it('no setup link is shown to it, wherever one would stand', async () => {
  await app.plugboard.send('PUT', '/acme/waiting', { mcpUrl: app.upstream.url, metadata: { userId: '7' } })
  const token = await ofUser7()
  const shown = await Promise.all([
    app.plugboard.send('GET', '/acme/waiting', undefined, bearer(token)),
    app.plugboard.send('PUT', '/acme/waiting', { name: 'Waiting' }, bearer(token)),
    app.plugboard.send('GET', '/acme', undefined, bearer(token)),
    app.plugboard.send('POST', '/acme/waiting/.check', undefined, bearer(token)),
    app.plugboard.send('POST', '/acme/waiting/.tools/echo', {}, bearer(token)),
    app.plugboard.send('POST', '/connect/acme/waiting/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' }, bearer(token)),
    app.plugboard.send('GET', `/trpc/connections.setupLink?input=${encodeURIComponent('{"namespace":"acme","connectionId":"waiting"}')}`, undefined, bearer(token)),
  ])
  expect(shown.map(({ body }) => JSON.stringify(body)).filter((text) => text.includes('/setup/'))).toEqual([])
  expect(JSON.stringify((await app.plugboard.send('GET', '/acme/waiting')).body)).toContain('/setup/')
})
