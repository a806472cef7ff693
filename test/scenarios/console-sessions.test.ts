// A session lasts while it is used, a month at most, and ends at once where somebody ends it.
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deleteEndedSessions } from '../../server/identity/sessions.ts'
import { DAY_MS, MINUTE_MS } from '../../server/lib/units.ts'
import { accountPages } from '../support/account-pages.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { openBrowser, openOwnersBrowser, OWNER, type TestBrowser } from '../support/test-browser.ts'

let plugboard: RunningPlugboard
let owner: TestBrowser
beforeEach(async () => {
  plugboard = await startPlugboard({ pages: accountPages })
  owner = await openOwnersBrowser(plugboard)
})
afterEach(() => plugboard.stop())

const isIn = async (browser: TestBrowser) => (await browser.query('account.get')).status === 200
const dataOf = <Data>({ body }: { body: Record<string, unknown> }) => (body as { result: { data: Data } }).result.data
const sessions = async (browser: TestBrowser) =>
  dataOf<{ handle: string; current: boolean; userAgent: string; address: string; lastSeenAt: string }[]>(await browser.query('account.sessions'))

async function anotherBrowser(): Promise<TestBrowser> {
  const browser = openBrowser(plugboard)
  await browser.post('/sign-in', { email: OWNER.email, password: OWNER.password })
  return browser
}

describe('a session', () => {
  it('ends after seven days without use', async () => {
    plugboard.advance(7 * DAY_MS - 1)
    expect(await isIn(owner)).toBe(true)
    plugboard.advance(7 * DAY_MS)
    expect(await isIn(owner)).toBe(false)
  })

  it('moves on while it is used, and ends after thirty days all the same', async () => {
    for (let day = 6; day < 30; day += 6) {
      plugboard.advance(6 * DAY_MS)
      expect(await isIn(owner)).toBe(true)
    }
    plugboard.advance(6 * DAY_MS - 1)
    expect(await isIn(owner)).toBe(true)
    plugboard.advance(1)
    expect(await isIn(owner)).toBe(false)
  })

  it('is written at most once a minute, however busy it is', async () => {
    const atFirst = (await sessions(owner))[0]!.lastSeenAt
    plugboard.advance(MINUTE_MS - 1)
    await isIn(owner)
    expect(await sessions(owner)).toMatchObject([{ lastSeenAt: atFirst }])
    plugboard.advance(3000)
    await isIn(owner)
    expect(await sessions(owner)).toMatchObject([{ lastSeenAt: new Date(plugboard.house.now()).toISOString() }])
  })

  it('is stored as a hash: nothing in the database opens it', async () => {
    const rows = JSON.stringify(await plugboard.house.db.read(plugboard.house.db.build.all(sql`SELECT * FROM member_session`)))
    const id = owner.cookie!.split('=')[1]!
    expect(id).toMatch(/^[0-9A-Za-z]{43}$/)
    expect(rows).not.toContain(id)
    const [, hash] = /([0-9a-f]{64})/.exec(rows)!
    expect(await isIn(openBrowser(plugboard, `sid=${hash}`))).toBe(false)
  })

  it.each(['sid=', 'sid=short', `sid=${'x'.repeat(43)}`, 'sid=%', 'sid', '%E0%A4%A=1; sid=%E0', `other=1; xsid=${'x'.repeat(43)}`])(
    'is not in the cookie "%s", which is nobody’s and breaks nothing',
    async (cookie) => {
      expect((await openBrowser(plugboard, cookie).query('account.get')).status).toBe(401)
      expect((await openBrowser(plugboard, cookie).get('/app')).body).toMatchObject({ visitor: null })
    },
  )
})

it('what is over is deleted now and then', async () => {
  plugboard.advance(7 * DAY_MS)
  await deleteEndedSessions(plugboard.house)
  expect(await plugboard.house.db.read(plugboard.house.db.build.all(sql`SELECT * FROM member_session`))).toEqual([])
})

describe('the list of sessions', () => {
  it('says in which browsers one is signed in, and which one asks', async () => {
    plugboard.advance(1)
    const other = await anotherBrowser()
    expect(await sessions(other)).toMatchObject([
      { current: true, userAgent: 'Test browser', address: '127.0.0.1' },
      { current: false, userAgent: 'Test browser' },
    ])
  })

  it('ends one of them at once: its cookie is refused', async () => {
    const other = await anotherBrowser()
    expect(await isIn(other)).toBe(true)
    const { handle } = (await sessions(other)).find(({ current }) => current)!
    expect((await owner.mutate('account.revokeSession', { handle })).status).toBe(200)
    expect(await isIn(other)).toBe(false)
    expect(await isIn(owner)).toBe(true)
    expect((await owner.mutate('account.revokeSession', { handle })).status).toBe(404)
  })

  it('ends all the others', async () => {
    const others = [await anotherBrowser(), await anotherBrowser()]
    await owner.mutate('account.revokeOtherSessions')
    expect(await Promise.all(others.map(isIn))).toEqual([false, false])
    expect(await sessions(owner)).toMatchObject([{ current: true }])
  })

  it('is one’s own: nobody else’s session can be named', async () => {
    const { body } = await owner.mutate('invitations.create', { email: 'mia@example.com', role: 'member' })
    const token = dataOf<{ url: string }>({ body }).url.split('/').at(-1)
    const member = openBrowser(plugboard)
    await member.post('/invite/accept', { token, name: 'Mia', password: 'several kinds of weather' })
    const { handle } = (await sessions(owner))[0]!
    expect((await member.mutate('account.revokeSession', { handle })).status).toBe(404)
    expect(await isIn(owner)).toBe(true)
  })
})

it('a subscription ends when its session does', async () => {
  const response = await fetch(`${plugboard.url}/trpc/connections.watch?input=${encodeURIComponent('{"namespace":"acme"}')}`, {
    headers: { cookie: owner.cookie!, accept: 'text/event-stream', 'sec-fetch-site': 'same-origin' },
  })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  while (!heard.includes('listening')) heard += (await reader.read()).value
  await owner.post('/sign-out', {})
  // Whatever happens in the namespace next, this browser does not hear of it.
  plugboard.services.house.statusFeed.publish({
    organizationId: plugboard.services.setUp.organizationId,
    namespace: 'acme',
    connectionId: 'secret-of-later',
    connectionUid: 'con_1',
    state: 'deleted',
  })
  for (let part = await reader.read(); !part.done; part = await reader.read()) heard += part.value
  expect(heard).toContain('identity.unauthenticated')
  expect(heard).not.toContain('secret-of-later')
})
