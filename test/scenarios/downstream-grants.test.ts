// What an app was allowed is for that app, that address and that long, and ends with whoever ends it, or allowed it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createInvitation, acceptInvitation } from '../../server/identity/invitations.ts'
import { contextFor } from '../../server/context/context.ts'
import { createCaller } from '../../server/api/caller.ts'
import { findSession } from '../../server/identity/sessions.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../server/lib/units.ts'
import { authorizeAddress, CALLBACK, codeFields, refreshFields, registerApp, sendForm, sendJson, testPerson, verifier, type TestPerson } from '../support/downstream-app.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer } from '../support/service-tokens.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

let running: RunningConsole
let upstream: FixtureUpstream
let person: TestPerson
let app: string

beforeAll(async () => {
  ;[running, upstream] = await Promise.all([startConsole(), startFixtureUpstream()])
  await running.send('PUT', `/${running.namespace}/it`, { mcpUrl: upstream.url })
  await running.send('PUT', '/namespaces/elsewhere')
})
beforeEach(async () => {
  // Time passes in these tests: what counts within an hour, or a session's life, starts anew.
  running.plugboard.advance(HOUR_MS)
  person = testPerson(running.url, await running.signIn())
  app = await registerApp(running.url)
})
afterAll(() => Promise.all([running?.stop(), upstream?.stop()]))

const codeOf = async (by = person) => (await by.allow(authorizeAddress(running, app))).get('code')!
const token = (fields: Record<string, string>) => sendForm(`${running.url}/oauth/token`, fields)
const signIn = async (by = person) => (await token(codeFields(app, await codeOf(by)))).body as { access_token: string; refresh_token: string; expires_in: number }
const renew = (refreshToken: unknown) => token(refreshFields(app, refreshToken))
const call = async (accessToken: unknown, path = `/mcp/${running.namespace}`) =>
  (await sendJson(running.url + path, { jsonrpc: '2.0', id: 1, method: 'tools/list' }, { ...bearer(String(accessToken)), accept: 'application/json, text/event-stream' })).status
const apps = () => running.asOwner.account.apps()

describe('a code', () => {
  it('becomes tokens that name their end, kept by no cache', async () => {
    const { status, headers, body } = await token(codeFields(app, await codeOf()))
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toMatchObject({ token_type: 'Bearer', access_token: expect.stringMatching(/^plugt_/), refresh_token: expect.stringMatching(/^plugr_/) })
    expect(body.expires_in).toBeGreaterThan(3500)
    expect(await call(body.access_token)).toBe(200)
  })

  it('works once: whoever brings it again ends what came of it', async () => {
    const code = await codeOf()
    const { body } = await token(codeFields(app, code))
    expect(await token(codeFields(app, code))).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await call(body.access_token)).toBe(401)
    expect((await renew(body.refresh_token)).body.error).toBe('invalid_grant')
  })

  it('works for one of two who bring it at the same moment at most', async () => {
    const code = await codeOf()
    const answers = await Promise.all([token(codeFields(app, code)), token(codeFields(app, code))])
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThan(2)
  })

  it('is over after a minute', async () => {
    const code = await codeOf()
    running.plugboard.advance(60 * SECOND_MS)
    expect((await token(codeFields(app, code))).body.error).toBe('invalid_grant')
  })

  it.each<[what: string, changes: Record<string, string>]>([
    ['another verifier', { code_verifier: `${verifier.slice(1)}A` }],
    ['no verifier', { code_verifier: '' }],
    ['another redirect URI', { redirect_uri: 'http://127.0.0.1:8888/callback' }],
    ['no redirect URI', { redirect_uri: '' }],
  ])('that comes with %s is used up, and nothing is left of it', async (_what, changes) => {
    const code = await codeOf()
    const before = (await apps()).length
    expect((await token({ ...codeFields(app, code), ...changes })).status).toBe(400)
    expect((await token(codeFields(app, code))).body.error).toBe('invalid_grant')
    expect((await apps()).length).toBe(before)
  })

  it('is nothing in another app’s hands, and still good in its own', async () => {
    const code = await codeOf()
    const thief = await registerApp(running.url)
    expect((await token({ ...codeFields(thief, code) })).body.error).toBe('invalid_grant')
    expect((await token({ ...codeFields('app_nobody', code) })).body.error).toBe('invalid_client')
    expect((await token(codeFields(app, code))).status).toBe(200)
  })

  it('and a refresh token are for the resource that was agreed to', async () => {
    const resource = `${running.url}/mcp/elsewhere`
    expect((await token({ ...codeFields(app, await codeOf()), resource })).body.error).toBe('invalid_target')
    const { refresh_token } = await signIn()
    expect((await token({ ...refreshFields(app, refresh_token), resource })).body.error).toBe('invalid_target')
    expect((await token({ ...refreshFields(app, refresh_token), resource: `${running.url}/mcp/${running.namespace}` })).status).toBe(200)
  })
})

describe('an access token', () => {
  it('opens its own address and nothing else', async () => {
    const { access_token } = await signIn()
    expect(await call(access_token)).toBe(200)
    const elsewhere = ['/mcp/elsewhere', `/mcp/${running.namespace}/it`, `/connect/${running.namespace}/it/mcp`]
    expect(await Promise.all(elsewhere.map((path) => call(access_token, path)))).toEqual([401, 401, 401])
    for (const path of [`/${running.namespace}/it`, '/namespaces', '/tokens', '/trpc/connections.list']) {
      expect((await fetch(running.url + path, { headers: bearer(access_token) })).status).toBe(401)
    }
  })

  it('is over after an hour', async () => {
    const { access_token } = await signIn()
    running.plugboard.advance(HOUR_MS)
    expect(await call(access_token)).toBe(401)
  })
})

describe('a refresh token', () => {
  it('is replaced with each use; one that was replaced ends all that came of it', async () => {
    const first = await signIn()
    const second = (await renew(first.refresh_token)).body
    const third = (await renew(second.refresh_token)).body
    expect(await call(third.access_token)).toBe(200)
    expect(await renew(first.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await renew(third.refresh_token)).body.error).toBe('invalid_grant')
    expect(await Promise.all([first, second, third].map(({ access_token }) => call(access_token)))).toEqual([401, 401, 401])
  })

  it('of another app, or made up, ends nothing', async () => {
    const { refresh_token } = await signIn()
    const thief = await registerApp(running.url)
    expect((await token(refreshFields(thief, refresh_token))).body.error).toBe('invalid_grant')
    for (const text of ['plugr_', `plugr_${'a'.repeat(43)}.${'b'.repeat(43)}`, `${refresh_token}.x`, 'x']) expect((await renew(text)).body.error).toBe('invalid_grant')
    expect((await renew(refresh_token)).status).toBe(200)
  })

  it('lasts a month without use', async () => {
    const { refresh_token } = await signIn()
    running.plugboard.advance(30 * DAY_MS - 1)
    const { status, body } = await renew(refresh_token)
    expect(status).toBe(200)
    running.plugboard.advance(30 * DAY_MS)
    expect((await renew(body.refresh_token)).body.error).toBe('invalid_grant')
  })
})

describe('access ends', () => {
  it('when its member ends it, who alone sees it', async () => {
    const { access_token, refresh_token } = await signIn()
    const [newest] = await apps()
    expect(newest).toMatchObject({ clientName: 'Test app', redirectHost: new URL(CALLBACK).host, namespace: running.namespace, connectionIds: ['it'], metadata: [] })
    const guest = await newMember()
    expect(await guest.api.account.apps()).toEqual([])
    await expect(guest.api.account.endApp({ id: newest!.id })).rejects.toThrow(/no access any more/)
    expect(await call(access_token)).toBe(200)
    await running.asOwner.account.endApp({ id: newest!.id })
    expect(await call(access_token)).toBe(401)
    expect((await renew(refresh_token)).body.error).toBe('invalid_grant')
    expect((await apps()).some(({ id }) => id === newest!.id)).toBe(false)
  })

  it('when its member is removed', async () => {
    const guest = await newMember()
    const { access_token, refresh_token } = await signIn(guest.person)
    expect(await call(access_token)).toBe(200)
    await running.asOwner.members.remove({ id: guest.id })
    expect(await call(access_token)).toBe(401)
    expect((await renew(refresh_token)).body.error).toBe('invalid_grant')
  })

  it.each(['access_token', 'refresh_token'] as const)('when the app gives its %s back, and not when another app does', async (kind) => {
    const tokens = await signIn()
    const revoke = (clientId: string) => sendForm(`${running.url}/oauth/revoke`, { token: tokens[kind], client_id: clientId })
    expect((await revoke(await registerApp(running.url))).status).toBe(200)
    expect(await call(tokens.access_token)).toBe(200)
    expect((await revoke(app)).status).toBe(200)
    expect((await revoke(app)).status).toBe(200)
    expect(await call(tokens.access_token)).toBe(401)
    expect((await renew(tokens.refresh_token)).body.error).toBe('invalid_grant')
  })
})

it('secrets of a grant are stored as hashes', async () => {
  const code = await codeOf()
  const { body } = await token(codeFields(app, code))
  const { db } = running.plugboard.house
  const [family, current] = String(body.refresh_token).slice('plugr_'.length).split('.')
  const stored = JSON.stringify([await db.read(db.build.all('SELECT * FROM downstream_grant')), await db.read(db.build.all('SELECT * FROM service_token'))])
  for (const secret of [code, family!, current!, String(body.access_token)]) expect(stored).not.toContain(secret)
})

async function newMember() {
  const { house } = running.plugboard
  const owner = (await running.asOwner.account.get())
  const context = contextFor(house, { kind: 'member', id: owner.memberId, organizationId: owner.organization.id, role: 'owner', sessionHandle: '' }, 'req_test')
  const { url } = await createInvitation(context, { email: `${Math.trunc(house.now())}@example.com`, role: 'member' })
  const cookie = await acceptInvitation(house, { address: '127.0.0.1', userAgent: 'a test' }, { token: url.split('/').at(-1)!, name: 'Guest', password: 'several kinds of weather' })
  const [name = '', value = ''] = cookie.split(';', 1)[0]!.split('=')
  const { actor } = (await findSession(house, `${name}=${value}`))!
  return { id: actor.id, person: testPerson(running.url, { name, value }), api: createCaller(house, actor) }
}
