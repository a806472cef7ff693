// What comes back from an authorization server counts once, in the browser that left for it, from the server that was
// asked. Everything else is turned away before anybody is asked anything.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issuerHash } from '../../server/connections/authorization/redirect-uri.ts'
import { MINUTE_MS, SECOND_MS } from '../../server/lib/units.ts'
import { BROWSER_SECRET } from '../support/oauth-connection.ts'
import { type OAuthSetting, outcomeOf, outcomesOf, startOAuthSetting } from '../support/oauth-setting.ts'

let setting: OAuthSetting
beforeEach(async () => {
  setting = await startOAuthSetting()
})
afterEach(() => setting.close())

const NOT_FOUND = 'authorization.request_not_found'
const tokenRequests = () => setting.authorization.to('/token').length
const changed = (back: URL, name: string, value: string): URL => {
  const other = new URL(back)
  other.searchParams.set(name, value)
  return other
}

describe('an answer in another browser', () => {
  it.each([undefined, 'the secret of another browser', ''])('is turned away, and still good in its own: %s', async (browserSecret) => {
    const back = await setting.leaveAndReturn(await setting.connect())
    expect(await outcomeOf(setting.arrive(back, { browserSecret }))).toBe(NOT_FOUND)
    expect(tokenRequests()).toBe(0)
    expect(await setting.arrive(back)).toMatchObject({ connectionId: 'wiki', status: { state: 'connected' } })
  })
})

describe('an answer that arrives fifty times at once', () => {
  it('is exchanged once', async () => {
    const back = await setting.leaveAndReturn(await setting.connect())
    const outcomes = await outcomesOf(Array.from({ length: 50 }, () => setting.arrive(back)))
    expect(outcomes.toSorted()).toEqual([...Array.from({ length: 49 }, () => NOT_FOUND), 'ok'])
    expect(tokenRequests()).toBe(1)
    expect(await outcomeOf(setting.arrive(back))).toBe(NOT_FOUND)
    expect((await setting.call()).status).toBe(200)
  })
})

describe('an answer that nobody waits for', () => {
  it('after ten minutes is turned away, and nobody is asked anything', async () => {
    const back = await setting.leaveAndReturn(await setting.connect())
    setting.plugboard.advance(10 * MINUTE_MS + SECOND_MS)
    setting.authorization.requests.length = 0
    expect(await outcomeOf(setting.arrive(back))).toBe(NOT_FOUND)
    expect(setting.authorization.requests).toEqual([])
  })

  it.each([
    ['a made-up state', (back: URL) => changed(back, 'state', 'x'.repeat(43))],
    ['an empty state', (back: URL) => changed(back, 'state', '')],
    ['an endless state', (back: URL) => changed(back, 'state', 'x'.repeat(5000))],
    ['the state twice', (back: URL) => new URL(`${back.href}&state=${back.searchParams.get('state')!}`)],
    ['no state', (back: URL) => new URL(`${back.origin}${back.pathname}?code=x`)],
    ['the address of no issuer', (back: URL) => new URL(`/oauth/callback/nobody${back.search}`, back)],
  ])('with %s is turned away, and nobody is asked anything', async (_what, spoil) => {
    const back = await setting.leaveAndReturn(await setting.connect())
    setting.authorization.requests.length = 0
    expect(await outcomeOf(setting.arrive(spoil(back)))).toBe(NOT_FOUND)
    expect(setting.authorization.requests).toEqual([])
  })
})

describe('an answer that arrives at the address of another issuer', () => {
  it('is turned away: a server that passes on another’s code does not get it exchanged', async () => {
    const back = await setting.leaveAndReturn(await setting.connect())
    const elsewhere = issuerHash(setting.plugboard.organizationId, 'https://evil.example')
    expect(await outcomeOf(setting.arrive(back, { issuerHash: elsewhere }))).toBe(NOT_FOUND)
    expect(tokenRequests()).toBe(0)
  })

  it('or of another organization is turned away', async () => {
    const back = await setting.leaveAndReturn(await setting.connect())
    expect(await outcomeOf(setting.arrive(back, { issuerHash: issuerHash('org_other', setting.authorization.issuer) }))).toBe(NOT_FOUND)
  })
})

describe('an answer that is signed', () => {
  const signed = async (iss: (issuer: string) => string | null, advertised: boolean, error = false) => {
    const { authorization } = setting
    authorization.set({ iss: iss(authorization.issuer), document: { authorization_response_iss_parameter_supported: advertised } })
    if (error) authorization.set({ authorizationError: { error: 'access_denied', error_description: 'You may not.' } })
    return outcomeOf(setting.leaveAndReturn(await setting.connect()).then((back) => setting.arrive(back)))
  }
  const own = (issuer: string) => issuer
  const nobody = () => null

  it.each([
    ['by the server that was asked', own, true, 'ok', 'oauth.authorization_refused'],
    ['by nobody, as its server never does', nobody, true, 'oauth.response_invalid', 'oauth.response_invalid'],
    ['by nobody, as its server may', nobody, false, 'ok', 'oauth.authorization_refused'],
    ['by the server that was asked, with a slash', (issuer: string) => `${issuer}/`, false, 'oauth.response_invalid', 'oauth.response_invalid'],
    ['by another server', () => 'https://evil.example', false, 'oauth.response_invalid', 'oauth.response_invalid'],
  ])('%s is judged by that first', async (_whom, iss, advertised, forCode, forError) => {
    expect(await signed(iss, advertised, true)).toBe(forError)
    expect(tokenRequests()).toBe(0)
    setting.authorization.set({ authorizationError: null })
    expect(await signed(iss, advertised)).toBe(forCode)
    expect(tokenRequests()).toBe(forCode === 'ok' ? 1 : 0)
  })
})

describe('two answers for one connection', () => {
  it('make one grant: what the second one brought is given back', async () => {
    const view = await setting.connect()
    const [first, second] = [await setting.leaveAndReturn(view), await setting.leaveAndReturn(view)]
    expect(await outcomeOf(setting.arrive(second))).toBe('ok')
    expect(await outcomeOf(setting.arrive(first))).toBe('authorization.already_done')
    expect(setting.authorization.to('/revoke').length).toBe(1)
    expect((await setting.call()).status).toBe(200)
  })

  it('of which one is for a connection that was deleted and made anew reach the new one not at all', async () => {
    const back = await setting.leaveAndReturn(await setting.connect())
    await setting.plugboard.send('DELETE', '/acme/wiki')
    await setting.connect()
    expect(await outcomeOf(setting.arrive(back, { browserSecret: BROWSER_SECRET }))).toBe(NOT_FOUND)
    expect((await setting.view()).status).toMatchObject({ state: 'auth_required' })
  })
})
