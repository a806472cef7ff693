// An authorization server that is down has not ended anything: the connection stays connected, the server is left in peace for
// as long as it asked, and the first renewal that goes through mends everything without a person.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findGrant } from '../../db/queries/oauth-grants.ts'
import { renewDueGrants } from '../../server/connections/authorization/renew-due-grants.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../server/lib/units.ts'
import type { HostileKnobs } from '../support/hostile-authorization-server.ts'
import { findRow } from '../support/oauth-rows.ts'
import { type OAuthSetting, startOAuthSetting } from '../support/oauth-setting.ts'

const LIFE_MS = 300 * SECOND_MS
const MAX_BACKOFF_MS = 5 * MINUTE_MS

let setting: OAuthSetting
beforeEach(async () => {
  setting = await startOAuthSetting()
  await setting.connectAndConsent()
})
afterEach(() => setting.close())

const tokenRequests = () => setting.authorization.to('/token').length
const grant = async () => (await findGrant(setting.plugboard.house.db, (await findRow(setting)).uid))!
const fault = (status: number, body: string, headers?: Record<string, string>): HostileKnobs['tokenFault'] => ({ status, body, ...(headers && { headers }) })

describe('an authorization server that cannot renew now', () => {
  it.each<[string, HostileKnobs['tokenFault']]>([
    ['answers 500', fault(500, '{}')],
    ['answers 500 and calls it an invalid grant', fault(500, '{"error":"invalid_grant"}')],
    ['answers 503 with a page', fault(503, '<html>Back soon</html>', { 'content-type': 'text/html' })],
    ['answers 429', fault(429, '{"error":"slow_down"}')],
    ['answers with half a document', fault(200, '{"access_token": "a')],
    ['answers with no token', fault(200, '{}')],
    ['answers 400 with a page', fault(400, '<html>Bad request</html>', { 'content-type': 'text/html' })],
    ['answers more than anybody needs', fault(200, JSON.stringify({ access_token: 'a'.repeat(70_000) }))],
    ['answers with a stream without end', fault(200, `data: ${'a'.repeat(70_000)}`, { 'content-type': 'text/event-stream' })],
    ['sends us somewhere else', fault(307, '', { location: '/elsewhere' })],
    ['cuts the line', 'reset'],
  ])('and %s leaves the connection connected, and mends it by itself', async (_how, tokenFault) => {
    setting.authorization.set({ tokenFault })
    setting.plugboard.advance(LIFE_MS + 1)
    expect(await setting.call()).toMatchObject({ status: 502, body: { code: 'oauth.token_unavailable' } })
    expect((await setting.view()).status).toEqual({ state: 'connected' })
    expect(setting.authorization.requests.map(({ path }) => path)).toEqual(['/token'])

    setting.authorization.set({ tokenFault: null })
    setting.plugboard.advance(MAX_BACKOFF_MS)
    expect((await setting.call()).status).toBe(200)
    expect(setting.authorization.grants.reuses).toBe(0)
  })

  it('is not asked again by every call that comes meanwhile', async () => {
    setting.authorization.set({ tokenFault: fault(500, '{}') })
    setting.plugboard.advance(LIFE_MS + 1)
    for (let call = 0; call < 5; call++) expect((await setting.call()).status).toBe(502)
    expect(tokenRequests()).toBe(1)
  })

  it('is left in peace for as long as it asks, and the caller is told how long', async () => {
    setting.authorization.set({ tokenFault: fault(429, '{}', { 'retry-after': '120' }) })
    setting.plugboard.advance(LIFE_MS + 1)
    await setting.call()
    setting.plugboard.advance(100 * SECOND_MS)
    const { status, headers } = await setting.call()
    expect([status, headers.get('retry-after'), tokenRequests()]).toEqual([502, '20', 1])
    setting.authorization.set({ tokenFault: null })
    setting.plugboard.advance(20 * SECOND_MS)
    expect((await setting.call()).status).toBe(200)
  })

  it('is asked again after longer and longer pauses of at most five minutes', async () => {
    setting.authorization.set({ tokenFault: fault(503, '') })
    setting.plugboard.advance(LIFE_MS + 1)
    const pauses: number[] = []
    for (let round = 0; round < 10; round++) {
      await setting.call()
      const { refreshAt } = await grant()
      pauses.push(refreshAt! - setting.plugboard.house.now())
      setting.plugboard.advance(pauses.at(-1)!)
    }
    expect(tokenRequests()).toBe(10)
    expect(pauses[0]).toBeLessThanOrEqual(5 * SECOND_MS)
    expect(pauses[4]).toBeGreaterThan(pauses[0]!)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(MAX_BACKOFF_MS)
    expect((await grant()).failures).toBe(10)
  })

  it('does not keep a token from being used that is still good', async () => {
    setting.authorization.set({ tokenFault: fault(500, '') })
    setting.plugboard.advance(LIFE_MS - 30 * SECOND_MS)
    expect((await setting.call()).status).toBe(200)
    expect((await setting.call()).status).toBe(200)
    expect((await setting.view()).status).toEqual({ state: 'connected' })
  })

  it('is asked again in the background, after a pause, and then no call has to wait', async () => {
    const { house } = setting.plugboard
    setting.authorization.set({ tokenFault: fault(500, '') })
    setting.plugboard.advance(8 * DAY_MS)
    for (let round = 0; round < 3; round++) await renewDueGrants(house)
    expect([tokenRequests(), (await setting.view()).status]).toEqual([1, { state: 'connected' }])
    setting.authorization.set({ tokenFault: null })
    setting.plugboard.advance(MAX_BACKOFF_MS)
    await renewDueGrants(house)
    expect((await setting.call()).status).toBe(200)
    expect(tokenRequests()).toBe(2)
  })
})

describe('an answer that says nothing of its end', () => {
  it.each([undefined, 0, -5, 'soon', null])('is used until it is refused: %j', async (expiresIn) => {
    setting.authorization.set({ expiresIn })
    setting.plugboard.advance(LIFE_MS + 1)
    expect((await setting.call()).status).toBe(200)
    setting.plugboard.advance(LIFE_MS * 100)
    expect((await setting.call()).status).toBe(200)
    expect(tokenRequests()).toBe(1)
  })
})

describe('a server that never replaces its refresh token', () => {
  it('is asked with the same one each time', async () => {
    setting.authorization.set({ rotation: 'none' })
    for (let round = 0; round < 3; round++) {
      setting.plugboard.advance(LIFE_MS + 1)
      expect((await setting.call()).status).toBe(200)
    }
    expect(new Set(setting.authorization.to('/token').map(({ form }) => form.get('refresh_token'))).size).toBe(1)
  })
})
