// Into the console with an email address and a password, and out again; what guessing comes to.
import { parseOptions } from '@node-rs/argon2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findMemberByEmail } from '../../db/queries/members.ts'
import { MINUTE_MS } from '../../server/lib/units.ts'
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

const { email, password } = OWNER
const signIn = (browser: TestBrowser, input: object = {}) => browser.post('/sign-in', { email, password, ...input })

describe('signing in', () => {
  it('makes a browser the member’s, for pages and for procedures', async () => {
    const browser = openBrowser(plugboard)
    expect((await browser.get('/app')).body).toMatchObject({ visitor: null })
    expect((await browser.query('account.get')).status).toBe(401)
    expect((await signIn(browser)).status).toBe(200)
    expect((await browser.get('/app')).body).toMatchObject({ visitor: { name: 'Olivia Owner', role: 'owner', organization: { name: 'Acme' } } })
    expect((await browser.query('account.get')).body).toMatchObject({ result: { data: { email, role: 'owner' } } })
  })

  it('does not mind how the address is written', async () => {
    expect((await signIn(openBrowser(plugboard), { email: ' Olivia@Example.COM ' })).status).toBe(200)
  })

  it('takes one text for one password, however its letters are encoded', async () => {
    await owner.post('/app/settings/account', { current: password, next: 'caf\u00e9 au lait, twice' })
    expect((await signIn(openBrowser(plugboard), { password: 'cafe\u0301 au lait, twice' })).status).toBe(200)
  })

  it('says the same of a wrong password and of somebody unknown', async () => {
    const wrong = await signIn(openBrowser(plugboard), { password: 'not the one at all' })
    const unknown = await signIn(openBrowser(plugboard), { email: 'nobody@example.com' })
    expect(wrong.status).toBe(401)
    const said = ({ body }: { body: Record<string, unknown> }) => ({ ...(body.problem as object), requestId: '' })
    expect(said(wrong)).toEqual(said(unknown))
    expect(said(wrong)).toMatchObject({ code: 'identity.sign_in_refused' })
    expect(wrong.headers.getSetCookie()).toEqual([])
  })

  it('gives a new session and ends the one that the browser had', async () => {
    const before = owner.cookie!
    await signIn(owner)
    expect(owner.cookie).not.toBe(before)
    expect((await openBrowser(plugboard, before).query('account.get')).status).toBe(401)
  })

  it('keeps an Argon2id hash of the password, with the costs that OWASP names, and nothing else of it', async () => {
    const row = await findMemberByEmail(plugboard.house.db, email)
    expect(row!.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(parseOptions(row!.passwordHash)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32, saltLen: 16 })
  })
})

describe('signing out', () => {
  it('takes the cookie away and ends the session: a copy of the cookie is of no use', async () => {
    const copy = owner.cookie!
    const { headers } = await owner.post('/sign-out', {})
    expect(headers.getSetCookie()).toEqual(['sid=; HttpOnly; Max-Age=0; Path=/; SameSite=Lax'])
    expect((await openBrowser(plugboard, copy).query('account.get')).status).toBe(401)
    expect((await openBrowser(plugboard, copy).get('/app')).body).toMatchObject({ visitor: null })
  })

  it('is no error for a stranger', async () => {
    expect((await openBrowser(plugboard).post('/sign-out', {})).status).toBe(200)
  })
})

describe('guessing', () => {
  const guess = (input: object = {}) => signIn(openBrowser(plugboard), { password: 'not the one at all', ...input })

  it('ends for an account after ten tries in vain, also at once, and for the right password as well', async () => {
    const replies = await Promise.all(Array.from({ length: 14 }, () => guess()))
    expect(replies.map(({ status }) => status).toSorted()).toEqual([...Array<number>(10).fill(401), ...Array<number>(4).fill(429)])
    const refused = await signIn(openBrowser(plugboard))
    expect(refused.body).toMatchObject({ problem: { code: 'identity.too_many_attempts', retryAfterSeconds: 900 } })
  })

  it('may begin again after a quarter of an hour', async () => {
    for (let tried = 0; tried < 11; tried++) await guess()
    plugboard.advance(15 * MINUTE_MS)
    expect((await signIn(openBrowser(plugboard))).status).toBe(200)
  })

  it('is forgotten when the right password comes', async () => {
    for (let tried = 0; tried < 9; tried++) await guess()
    await signIn(openBrowser(plugboard))
    for (let tried = 0; tried < 9; tried++) expect((await guess()).status).toBe(401)
  })

  it('ends for an address after fifty tries, whomever it tries to be', async () => {
    const replies = await Promise.all(Array.from({ length: 60 }, (_, index) => guess({ email: `somebody-${index}@example.com` })))
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(10)
  })
})

describe('a new password', () => {
  const change = (input: object) => owner.post('/app/settings/account', { current: password, next: 'another sentence entirely', ...input })

  it('ends every session but the browser’s own, which gets a new one', async () => {
    const other = openBrowser(plugboard)
    await signIn(other)
    const before = owner.cookie!
    expect((await change({})).status).toBe(200)
    expect((await owner.query('account.get')).status).toBe(200)
    for (const cookie of [before, other.cookie!]) expect((await openBrowser(plugboard, cookie).query('account.get')).status).toBe(401)
    expect((await signIn(openBrowser(plugboard))).status).toBe(401)
    expect((await signIn(openBrowser(plugboard), { password: 'another sentence entirely' })).status).toBe(200)
  })

  it('needs the old one', async () => {
    expect((await change({ current: 'not the one at all' })).body).toMatchObject({ problem: { code: 'identity.password_wrong', field: 'current' } })
  })

  it.each([
    ['short ones', 'elevenchars'],
    ['common ones', 'Password1234'],
    ['repeated ones', 'abcabcabcabcabc'],
    ['the address', email],
    ['endless ones', 'x y'.repeat(100)],
  ])('is refused for %s, in words about that field', async (_what, next) => {
    expect((await change({ next })).body).toMatchObject({ problem: { code: 'input.invalid', field: 'next', status: 400 } })
  })

  it('is a member’s own business', async () => {
    expect((await openBrowser(plugboard).post('/app/settings/account', { current: password, next: password })).status).toBe(401)
  })
})
