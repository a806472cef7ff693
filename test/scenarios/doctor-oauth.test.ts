// What keeps somebody's account from working, in one sentence: who is asked to sign people in, who we are there, what was
// granted, and whether it still is. Finding out changes nothing, and spends no refresh token.
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Examination } from '../../server/context/examination.ts'
import { MINUTE_MS, SECOND_MS } from '../../server/lib/units.ts'
import { HOSTILE } from '../support/hostile-texts.ts'
import { type OAuthSetting, startOAuthSetting } from '../support/oauth-setting.ts'

let setting: OAuthSetting
beforeEach(async () => {
  setting = await startOAuthSetting()
})
afterEach(() => setting.close())

const examine = async (): Promise<Examination> => (await setting.plugboard.send<Examination>('POST', '/acme/wiki/.doctor')).body
const verdict = async () => (await examine()).verdict
const checkOf = ({ checks }: Examination, name: string) => checks.find(({ check }) => check === name)!

/** What a token lives, by the authorization server's word. */
const LIFE_MS = 300 * SECOND_MS

describe('a connection that was signed in to', () => {
  beforeEach(() => setting.connectAndConsent())

  it('is in order, down to the life of its token', async () => {
    const examined = await examine()
    expect(examined.verdict).toEqual({ healthy: true, sentence: 'Everything that was looked at is in order.' })
    expect(Object.fromEntries(examined.checks.map(({ check, outcome }) => [check, outcome]))).toEqual({
      dns: 'skipped', reachable: 'ok', tls: 'skipped', mcp: 'ok', resource_metadata: 'ok', issuer_metadata: 'ok',
      client: 'ok', redirect_uri: 'ok', scopes: 'ok', grant: 'ok', last_refresh: 'ok', clock: 'skipped',
    })
    expect(checkOf(examined, 'grant').finding).toBe('The access token is good for another 5 minutes.')
    expect(checkOf(examined, 'redirect_uri')).toMatchObject({ finding: 'It was registered with our client.', facts: { redirectUri: expect.stringContaining('/oauth/callback/') } })
  })

  it('has a token that ended: the next call renews it', async () => {
    setting.plugboard.advance(LIFE_MS + 2 * MINUTE_MS)
    expect(await verdict()).toMatchObject({ healthy: true, sentence: 'The access token ended 2 minutes ago; the next call renews it.', remedy: 'check' })
    expect(setting.authorization.to('/token')).toEqual([])
  })

  it('has a refresh token that was refused', async () => {
    setting.authorization.grants.endAll()
    setting.plugboard.advance(LIFE_MS + 1)
    await setting.call()
    setting.plugboard.advance(MINUTE_MS)
    expect(await verdict()).toEqual({ healthy: false, sentence: 'The authorization server ended the grant 1 minute ago.', fix: 'Sign in again.', remedy: 'sign_in' })
  })

  it('has a token that is refused before its end', async () => {
    setting.authorization.grants.endAll()
    expect(await verdict()).toMatchObject({ healthy: false, sentence: 'The server refuses the access token before its end: it may have been revoked.', remedy: 'check' })
  })

  it('has an authorization server that is down when the token is renewed', async () => {
    setting.authorization.set({ tokenFault: { status: 503, body: HOSTILE.script } })
    setting.plugboard.advance(LIFE_MS + 1)
    await setting.call()
    expect(checkOf(await examine(), 'last_refresh')).toMatchObject({
      outcome: 'failed',
      finding: 'The authorization server failed once to answer when the token was renewed.',
    })
  })

  it('works on although its authorization server’s metadata has gone wrong, which is said', async () => {
    setting.authorization.set({ document: { issuer: 'https://evil.example' } })
    expect(await verdict()).toMatchObject({
      healthy: true,
      sentence: 'The server answers. The authorization server’s metadata names another issuer than the one that was asked: it cannot be trusted.',
    })
  })

  it('spends no token and changes no row, whether it is accepted or not', async () => {
    const { db, usage } = setting.plugboard.house
    await usage.flush()
    const dump = async () => {
      const tables = await db.read(db.build.all<object>(sql`SELECT name FROM sqlite_master WHERE type = 'table'`))
      // The key that asks is used, and its time of use noted.
      const names = tables.map((row) => String(Object.values(row)[0])).filter((name) => name !== 'api_key')
      return Promise.all(names.map(async (name) => [name, await db.read(db.build.all(sql.raw(`SELECT * FROM "${name}"`)))]))
    }
    const before = await dump()
    expect(before.map(([name]) => name)).toContain('oauth_grant')
    await examine()
    setting.authorization.grants.endAll()
    await examine()
    expect(await dump()).toEqual(before)
    expect(setting.authorization.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  })
})

describe('a connection that nobody signed in to', () => {
  beforeEach(() => setting.connect())

  it('says so', async () => {
    expect(await verdict()).toEqual({ healthy: false, sentence: 'Nobody has signed in to this server yet.', fix: 'Open the setup link and sign in.', remedy: 'sign_in' })
  })

  it.each([
    ['metadata of another issuer', { issuer: 'https://evil.example' }, 'The authorization server’s metadata names another issuer than the one that was asked: it cannot be trusted.'],
    ['no PKCE', { code_challenge_methods_supported: ['plain'] }, 'The authorization server does not offer PKCE with S256, so signing in there would not be safe.'],
    ['no way to register', { registration_endpoint: undefined }, 'The authorization server registers nobody by itself, and this connection has no client id.'],
    ['an address that attacks', { token_endpoint: HOSTILE.link }, 'The authorization server’s token_endpoint is missing or is not an address that may be used.'],
  ])('names the first thing in its way: %s', async (_what, document, sentence) => {
    setting.authorization.set({ document })
    const told = await verdict()
    expect(told).toMatchObject({ healthy: false, sentence })
    expect(told.fix).toEqual(expect.any(String))
  })

  it('names an authorization server whose metadata is not there', async () => {
    setting.authorization.set({ documentStatus: 500 })
    expect((await verdict()).sentence).toBe('The server asks for OAuth, but the authorization server metadata could not be read.')
  })
})

it('a right that was not granted is named by its name, beside our sentence and not in it', async () => {
  const introspect = setting.trusted.introspect
  // The server knows what was granted, which is less than what a call needs.
  setting.trusted.introspect = async (token, resource) => {
    const grant = await introspect(token, resource)
    return grant && { ...grant, scope: 'mcp:read' }
  }
  await setting.connectAndConsent()
  setting.upstream.setCallScope('mcp:<script>')
  await setting.call()
  const examined = await examine()
  expect(examined.verdict).toEqual({
    healthy: false,
    sentence: 'The server refused a call for want of a right that was not granted.',
    fix: 'Sign in again and agree to it.',
    remedy: 'sign_in',
  })
  expect(checkOf(examined, 'scopes').facts).toMatchObject({ granted: ['mcp:read'], missing: ['mcp:<script>'] })
})
