// An app sends somebody to connect a server, and hears how it went. The pages are ours, built; the authorization server is real.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { MINUTE_MS } from '../../server/lib/units.ts'
import { APP, type ConnectingApp, RETURN_URL, startConnectingApp } from '../support/connecting-app.ts'
import { createConnectingPerson } from '../support/connecting-person.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { createGate } from '../support/gate.ts'

let app: ConnectingApp
let open: FixtureUpstream

beforeAll(async () => {
  ;[app, open] = await Promise.all([startConnectingApp(), startFixtureUpstream()])
})
afterAll(() => Promise.all([app?.stop(), open?.stop()]))

const connections = async () => (await app.plugboard.send<{ connections: ConnectionView[] }>('GET', '/acme')).body.connections

describe('a person who follows the link', () => {
  it('connects the server, and is sent back to the app with the news', async () => {
    const session = await app.create({ returnUrl: RETURN_URL, name: 'Wiki', metadata: { userId: '7' } })
    const back = await createConnectingPerson().connect(session.url)
    const { connectionId, ...rest } = await app.see(session)
    expect(rest).toEqual({ status: 'completed', connectionStatus: { state: 'connected' } })
    expect(back.href).toBe(`${APP}/connected?tab=tools&connectionId=${connectionId}&status=completed#end`)
    expect((await app.plugboard.send('GET', `/acme/${connectionId}`)).body).toMatchObject({ name: 'Wiki', metadata: { userId: '7' } })
    expect(await app.callTool(connectionId!)).toBe(200)
  })

  it('ends at a page that says so if the app wants nobody back', async () => {
    const session = await app.create()
    const back = await createConnectingPerson().connect(session.url)
    expect(back.pathname + back.search).toBe('/oauth/finished?outcome=connected')
    expect(await app.see(session)).toMatchObject({ status: 'completed' })
  })

  it('is sent back with status=cancelled after saying no, and nothing was granted', async () => {
    const session = await app.create({ returnUrl: RETURN_URL })
    const back = await createConnectingPerson().connect(session.url, { consent: false })
    const { connectionId, ...rest } = await app.see(session)
    expect(back.href).toBe(`${APP}/connected?tab=tools&connectionId=${connectionId}&status=cancelled#end`)
    expect(rest).toMatchObject({ status: 'cancelled', error: { code: 'oauth.authorization_refused' }, connectionStatus: { state: 'auth_required' } })
  })

  it('is sent back with status=failed if the authorization server does not keep its word', async () => {
    const session = await app.create({ returnUrl: RETURN_URL })
    const person = createConnectingPerson()
    const callback = await person.signIn((await person.agree(session.url)).headers.get('location')!)
    callback.searchParams.set('code', 'made-up')
    expect((await person.comeBack(callback)).searchParams.get('status')).toBe('failed')
    expect(await app.see(session)).toMatchObject({ status: 'failed', error: { code: 'oauth.grant_invalid', message: expect.any(String) } })
  })

  it('changes nothing by looking, however often', async () => {
    const session = await app.create()
    const before = await connections()
    for (let times = 0; times < 3; times++) {
      const response = await createConnectingPerson().look(session.url)
      expect([response.status, response.headers.getSetCookie()]).toEqual([200, []])
    }
    expect(await connections()).toEqual(before)
    expect(await app.see(session)).toEqual({ status: 'pending' })
  })

  it('connects a server that asks for nothing with their yes alone', async () => {
    const session = await app.create({ mcpUrl: open.url.href, returnUrl: RETURN_URL })
    const response = await createConnectingPerson().agree(session.url)
    const { connectionId, status } = await app.see(session)
    expect([response.status, status]).toEqual([303, 'completed'])
    expect(response.headers.get('location')).toBe(`${APP}/connected?tab=tools&connectionId=${connectionId}&status=completed#end`)
  })

  it('makes one connection, also by clicking twice at once', async () => {
    const before = (await connections()).length
    const session = await app.create()
    const person = createConnectingPerson()
    const clicks = await Promise.all([person.agree(session.url), person.agree(session.url)])
    expect(clicks.map(({ status }) => status)).toEqual([303, 303])
    expect(await connections()).toHaveLength(before + 1)
  })

  it('signs in to a connection that is there already', async () => {
    await app.plugboard.send('PUT', '/acme/mine', { mcpUrl: app.upstream.url })
    const session = await app.create({ connectionId: 'mine', returnUrl: RETURN_URL })
    await createConnectingPerson().connect(session.url, { account: 'ada' })
    expect(await app.see(session)).toMatchObject({ status: 'completed', connectionId: 'mine' })
    const again = await app.create({ connectionId: 'mine' })
    await createConnectingPerson().connect(again.url, { account: 'grace' })
    expect(await app.callTool('mine')).toBe(200)
    expect(await app.provider.introspect(app.upstream.tokens.at(-1)!, app.upstream.url)).toMatchObject({ account: 'grace' })
  })
})

describe('a link', () => {
  const isDead = async (url: string) => {
    const person = createConnectingPerson()
    return [(await person.look(url)).status, (await person.agree(url)).status]
  }

  it('works once', async () => {
    const session = await app.create()
    await createConnectingPerson().connect(session.url)
    expect(await isDead(session.url)).toEqual([404, 404])
  })

  it('ends ten minutes after it was made, or when the app says', async () => {
    const [usual, longer] = [await app.create(), await app.create({ ttl: 1200 })]
    app.plugboard.advance(10 * MINUTE_MS)
    expect(await isDead(usual.url)).toEqual([404, 404])
    expect(await app.see(usual)).toEqual({ status: 'expired' })
    expect((await createConnectingPerson().look(longer.url)).status).toBe(200)
    app.plugboard.advance(10 * MINUTE_MS)
    expect(await isDead(longer.url)).toEqual([404, 404])
  })

  it('leaves who has begun ten minutes to finish', async () => {
    const session = await app.create()
    app.plugboard.advance(9 * MINUTE_MS)
    const person = createConnectingPerson()
    const location = (await person.agree(session.url)).headers.get('location')!
    app.plugboard.advance(9 * MINUTE_MS)
    expect(await app.see(session)).toMatchObject({ status: 'pending' })
    await person.comeBack(await person.signIn(location))
    expect(await app.see(session)).toMatchObject({ status: 'completed' })
  })

  it('ends with the API key that made it', async () => {
    const other = await app.plugboard.createKey(app.plugboard.organizationId)
    const { body } = await app.plugboard.send<{ url: string }>(
      'POST', '/connect-sessions', { namespace: 'acme', mcpUrl: app.upstream.url }, { authorization: `Bearer ${other.key}` },
    )
    expect((await createConnectingPerson().look(body.url)).status).toBe(200)
    await app.plugboard.send('DELETE', `/keys/${other.id}`)
    expect(await isDead(body.url)).toEqual([404, 404])
  })

  it('ends with its connection, and does not make another', async () => {
    await app.plugboard.send('PUT', '/acme/leaving', { mcpUrl: app.upstream.url })
    const session = await app.create({ connectionId: 'leaving' })
    await app.plugboard.send('DELETE', '/acme/leaving')
    expect(await isDead(session.url)).toEqual([404, 404])
    expect(await app.see(session)).toEqual({ status: 'cancelled' })
  })

  it('can be finished only in the browser in which it was begun', async () => {
    const session = await app.create({ returnUrl: RETURN_URL })
    const [one, other] = [createConnectingPerson(), createConnectingPerson()]
    const callback = await one.signIn((await one.agree(session.url)).headers.get('location')!)
    expect((await other.comeBack(callback)).search).toContain('outcome=expired')
    expect(await app.see(session)).toMatchObject({ status: 'pending' })
    expect((await one.comeBack(callback)).searchParams.get('status')).toBe('completed')
  })

  it('is gone with its namespace’s permission to return', async () => {
    const session = await app.create({ returnUrl: RETURN_URL })
    await app.plugboard.send('PUT', '/namespaces/acme/settings', { allowedOrigins: [] })
    const back = await createConnectingPerson().connect(session.url)
    expect(back.origin).toBe(app.plugboard.url)
    await app.plugboard.send('PUT', '/namespaces/acme/settings', { allowedOrigins: [APP] })
  })
})

describe('whoever waits', () => {
  it('hears of the end as soon as it comes', async () => {
    const session = await app.create()
    const listening = createGate()
    const { connectFeed } = app.plugboard.house
    const subscribe = connectFeed.subscribe.bind(connectFeed)
    connectFeed.subscribe = (signal) => {
      connectFeed.subscribe = subscribe
      queueMicrotask(listening.open)
      return subscribe(signal)
    }
    const poll = app.see(session, '?wait=59')
    await listening.opened
    await createConnectingPerson().connect(session.url)
    expect(await poll).toMatchObject({ status: 'completed', connectionStatus: { state: 'connected' } })
  })

  it('of another organization learns nothing', async () => {
    const session = await app.create()
    const authorization = `Bearer ${(await app.plugboard.createKey()).key}`
    for (const wait of ['', '?wait=5']) {
      const answer = await app.plugboard.send('GET', `/connect-sessions/${session.connectSessionId}${wait}`, undefined, { authorization })
      expect(answer).toMatchObject({ status: 404, body: { code: 'connect_session.not_found' } })
    }
  })

  it('can ask over tRPC, too', async () => {
    const { plugboard, upstream } = app
    const made = await plugboard.send<{ result: { data: { connectSessionId: string; url: string } } }>('POST', '/trpc/connectSessions.create', { namespace: 'acme', mcpUrl: upstream.url })
    const { connectSessionId, url } = made.body.result.data
    await createConnectingPerson().connect(url)
    const input = encodeURIComponent(JSON.stringify({ connectSessionId }))
    expect((await plugboard.send('GET', `/trpc/connectSessions.get?input=${input}`)).body).toMatchObject({ result: { data: { status: 'completed' } } })
  })
})

describe('an app is refused', () => {
  const create = (body: object) => app.plugboard.send('POST', '/connect-sessions', { namespace: 'acme', mcpUrl: app.upstream.url, ...body })
  it.each<[what: string, body: object, field: string]>([
    ['a return address outside of the namespace’s origins', { returnUrl: 'https://evil.example.com/' }, 'returnUrl'],
    ['an origin that is not the namespace’s', { allowedOrigins: ['https://evil.example.com'] }, 'allowedOrigins'],
    ['a return address without https', { returnUrl: 'http://app.example.com/' }, 'returnUrl'],
    ['a return address that is a script', { returnUrl: 'javascript:alert(1)' }, 'returnUrl'],
    ['a connection and a URL to make one from', { connectionId: 'mine' }, 'connectionId'],
    ['nothing to connect', { mcpUrl: undefined }, 'mcpUrl'],
    ['a link that opens for ever', { ttl: 86_401 }, 'ttl'],
    ['a registry name', { server: 'linear' }, 'server'],
  ])('%s', async (_what, body, field) => {
    expect(await create(body)).toMatchObject({ status: 400, body: { details: { field } } })
  })

  it('another organization’s namespace', async () => {
    const authorization = `Bearer ${(await app.plugboard.createKey()).key}`
    const answer = await app.plugboard.send('POST', '/connect-sessions', { namespace: 'acme', mcpUrl: app.upstream.url }, { authorization })
    expect(answer).toMatchObject({ status: 404, body: { code: 'namespace.not_found' } })
  })
})
