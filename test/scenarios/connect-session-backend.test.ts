// A link can be forwarded. With completion "backend" what a person grants is of use to nobody until the app's own backend has
// said that the one who came back is the one it sent: an account never ends up under somebody else's name.
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { sealedTables } from '../../server/admin/vault-storage.ts'
import { createCaller } from '../../server/api/caller.ts'
import { endHeldGrants } from '../../server/connect-sessions/end-held-grants.ts'
import type { CreatedConnectSessionView } from '../../server/connect-sessions/connect-session-view.ts'
import { createLogger } from '../../server/lib/logger.ts'
import { MINUTE_MS } from '../../server/lib/units.ts'
import { retireDataKeys } from '../../server/vault/retire-keys.ts'
import { rewrapRows } from '../../server/vault/rewrap-rows.ts'
import { rotateKeys } from '../../server/vault/rotate-keys.ts'
import { APP, type ConnectingApp, RETURN_URL, startConnectingApp } from '../support/connecting-app.ts'
import { createConnectingPerson } from '../support/connecting-person.ts'

let app: ConnectingApp

let log = ''

beforeAll(async () => {
  app = await startConnectingApp({ log: createLogger('trace', { write: (line: string) => void (log += line) }) })
})
afterAll(() => app?.stop())

const PERSON = 'user-of-the-app-7'

interface Finished {
  session: CreatedConnectSessionView
  /** As the app reads them from the address that the browser came back to. */
  connectionId: string
  code: string
  back: URL
}

/** Somebody followed the link to its end; the app has not said a word. */
async function finish(input: Record<string, unknown> = {}): Promise<Finished> {
  const session = await app.create({ completion: 'backend', person: PERSON, returnUrl: RETURN_URL, ...input })
  const back = await createConnectingPerson().connect(session.url)
  return { session, back, connectionId: back.searchParams.get('connectionId')!, code: back.searchParams.get('code')! }
}

/** The first may be one that runs already, from before. */
const endRounds = async () => {
  for (let rounds = 0; rounds < 2; rounds++) await endHeldGrants(app.plugboard.house)
}
const revocations = () => app.provider.requests.filter((request) => request === 'POST /token/revocation').length
const stateOf = async (connectionId: string) => (await app.plugboard.send<ConnectionView>('GET', `/acme/${connectionId}`)).body.status.state

describe('what a person granted', () => {
  it('is of no use until the backend completes it, and works from then on', async () => {
    const { session, back, connectionId, code } = await finish()
    expect([back.origin, back.searchParams.get('status'), back.searchParams.get('connectSessionId')]).toEqual([APP, 'pending', session.connectSessionId])
    expect(await app.see(session)).toMatchObject({ status: 'pending', connectionId, connectionStatus: { state: 'auth_required' } })
    expect(await app.callTool(connectionId)).toBe(401)
    expect(await app.complete(session, { code, person: PERSON })).toMatchObject({
      status: 200,
      body: { status: 'completed', connectionId, connectionStatus: { state: 'connected' } },
    })
    expect(await app.callTool(connectionId)).toBe(200)
  })

  it('is given back at once if somebody else came back than was sent', async () => {
    const { session, connectionId, code } = await finish()
    const before = revocations()
    expect(await app.complete(session, { code, person: 'the-attacker' })).toMatchObject({ status: 403, body: { code: 'connect_session.another_person' } })
    expect(revocations()).toBe(before + 1)
    expect(await app.see(session)).toMatchObject({ status: 'failed', error: { code: 'connect_session.another_person' } })
    expect(await app.complete(session, { code, person: PERSON })).toMatchObject({ status: 409 })
    expect([await stateOf(connectionId), await app.callTool(connectionId)]).toEqual(['auth_required', 401])
  })

  it('is given back and erased if nobody completes it within ten minutes', async () => {
    const { session, connectionId, code } = await finish()
    const before = revocations()
    app.plugboard.advance(10 * MINUTE_MS - 1)
    await endRounds()
    expect(revocations()).toBe(before)
    app.plugboard.advance(1)
    expect(await app.complete(session, { code, person: PERSON })).toMatchObject({ status: 409 })
    await endRounds()
    expect(revocations()).toBe(before + 1)
    const { db } = app.plugboard.house
    expect(await db.read(db.build.all(sql`SELECT * FROM held_grant`))).toEqual([])
    expect(await app.see(session)).toMatchObject({ status: 'expired' })
    expect([await stateOf(connectionId), await app.callTool(connectionId)]).toEqual(['auth_required', 401])
  })

  it('is given back also if its connection and its namespace are gone by then', async () => {
    await app.plugboard.send('PUT', '/namespaces/leaving')
    await app.plugboard.send('PUT', '/namespaces/leaving/settings', { allowedOrigins: [APP] })
    await finish({ namespace: 'leaving' })
    const before = revocations()
    await app.plugboard.send('DELETE', '/namespaces/leaving')
    app.plugboard.advance(10 * MINUTE_MS)
    await endRounds()
    expect(revocations()).toBe(before + 1)
  })

  it('of another window is given back: the first to finish counts', async () => {
    const session = await app.create({ completion: 'backend', person: PERSON, returnUrl: RETURN_URL })
    const people = [createConnectingPerson(), createConnectingPerson()]
    const callbacks: URL[] = []
    for (const person of people) callbacks.push(await person.signIn((await person.agree(session.url)).headers.get('location')!))
    const before = revocations()
    const first = await people[0]!.comeBack(callbacks[0]!)
    const second = await people[1]!.comeBack(callbacks[1]!)
    expect([first.searchParams.get('status'), second.pathname + second.search.split('&')[0]!]).toEqual(['pending', '/oauth/finished?outcome=done'])
    expect(revocations()).toBe(before + 1)
    expect(await app.complete(session, { code: first.searchParams.get('code')!, person: PERSON })).toMatchObject({ status: 200 })
  })
})

it('a link and what it brought outlive the keys under which they were sealed', async () => {
  const { house } = app.plugboard
  const unused = await app.create({ ttl: 3600 })
  const { session, code } = await finish()
  await rotateKeys(house.vault)
  expect(await rewrapRows(house.vault, sealedTables(house.db))).toMatchObject({ unreadable: 0 })
  app.plugboard.advance(MINUTE_MS + 1)
  expect((await retireDataKeys(house.vault, sealedTables(house.db))).retired).toBeGreaterThan(0)
  expect(await app.complete(session, { code, person: PERSON })).toMatchObject({ status: 200 })
  await createConnectingPerson().connect(unused.url)
  expect(await app.see(unused)).toMatchObject({ status: 'completed' })
})

describe('the code', () => {
  it('works once', async () => {
    const { session, code } = await finish()
    const answers = await Promise.all([1, 2].map(() => app.complete(session, { code, person: PERSON })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  it('of another session, or a guess, opens nothing and spoils nothing', async () => {
    const [one, other] = [await finish(), await finish()]
    for (const code of [other.code, 'a-guess']) {
      expect(await app.complete(one.session, { code, person: PERSON })).toMatchObject({ status: 403, body: { code: 'connect_session.code_wrong' } })
    }
    expect(await app.complete(one.session, { code: one.code, person: PERSON })).toMatchObject({ status: 200 })
  })

  it('goes to the browser that finished and to nobody else', async () => {
    const { session, code } = await finish()
    expect(JSON.stringify(await app.see(session))).not.toContain(code)
  })

  it('is taken from API keys alone', async () => {
    const { session, code } = await finish()
    const { house, organizationId } = app.plugboard
    const owner = createCaller(house, { kind: 'member', id: 'mem_owner', organizationId, role: 'owner', sessionHandle: 'here' })
    const input = { connectSessionId: session.connectSessionId, code, person: PERSON }
    await expect(owner.connectSessions.complete(input)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await app.plugboard.send('POST', '/trpc/connectSessions.complete', input)).toMatchObject({ status: 200 })
  })

  it('is of no use to another organization', async () => {
    const { session, code } = await finish()
    const authorization = `Bearer ${(await app.plugboard.createKey()).key}`
    const answer = await app.plugboard.send('POST', `/connect-sessions/${session.connectSessionId}/complete`, { code, person: PERSON }, { authorization })
    expect(answer).toMatchObject({ status: 404, body: { code: 'connect_session.not_found' } })
  })

  it('is not asked of a session that completes itself', async () => {
    const session = await app.create()
    expect(await app.complete(session, { code: 'any', person: PERSON })).toMatchObject({ status: 409, body: { code: 'connect_session.nothing_to_complete' } })
  })
})

it('the link’s token, the code, the person and the server’s secret query are neither in the database nor in the log', async () => {
  const { session, code } = await finish()
  const unused = await app.create({ mcpUrl: `${app.upstream.url}?key=s3cret-of-the-query`, person: PERSON })
  const { db } = app.plugboard.house
  const stored = JSON.stringify(await Promise.all(['connect_session', 'held_grant', 'authorization_request'].map((table) => db.read(db.build.all(sql.raw(`SELECT * FROM ${table}`))))))
  expect(stored).toContain(session.connectSessionId)
  for (const secret of [session.token, unused.token, code, PERSON, 's3cret-of-the-query']) expect(stored + log).not.toContain(secret)
  expect(log).not.toBe('')
})

describe('a session asks for the backend’s word', () => {
  const create = (body: object) => app.plugboard.send('POST', '/connect-sessions', { namespace: 'acme', mcpUrl: app.upstream.url, completion: 'backend', ...body })
  it.each<[what: string, body: object, field: string]>([
    ['only if it says whom it sends', { returnUrl: RETURN_URL }, 'person'],
    ['only if there is an address that takes the code', { person: PERSON }, 'returnUrl'],
  ])('%s', async (_what, body, field) => {
    expect(await create(body)).toMatchObject({ status: 400, body: { details: { field } } })
  })
})
