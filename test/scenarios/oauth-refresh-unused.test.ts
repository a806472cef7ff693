// Authorization servers let refresh tokens lapse that nobody uses. A connection that rests is renewed often enough to work when
// it is needed again, and not more often.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findGrant } from '../../db/queries/oauth-grants.ts'
import { renewDueGrants } from '../../server/connections/authorization/renew-due-grants.ts'
import { DAY_MS, HOUR_MS } from '../../server/lib/units.ts'
import { findRow } from '../support/oauth-rows.ts'
import { type OAuthSetting, startOAuthSetting } from '../support/oauth-setting.ts'

const WEEK_MS = 7 * DAY_MS

let setting: OAuthSetting
beforeEach(async () => {
  setting = await startOAuthSetting()
})
afterEach(() => setting.close())

const tokenRequests = () => setting.authorization.to('/token').length

/** As time passes: looked at every half day, as often as it takes. */
async function rest(days: number): Promise<void> {
  for (let half = 0; half < days * 2; half++) {
    setting.plugboard.advance(12 * HOUR_MS)
    await renewDueGrants(setting.plugboard.house)
  }
}

describe('a connection that nobody uses', () => {
  it.each([
    ['whose tokens live five minutes', 300],
    ['whose server does not say how long they live', undefined],
  ])('and %s is renewed once a week, and works after a month', async (_what, expiresIn) => {
    setting.authorization.set({ expiresIn })
    await setting.connectAndConsent()
    await rest(29)
    expect([tokenRequests(), setting.authorization.grants.reuses]).toEqual([4, 0])
    expect((await setting.call()).status).toBe(200)
  })

  it('is not looked at again before its week is over', async () => {
    await setting.connectAndConsent()
    await rest(1)
    const { db, now } = setting.plugboard.house
    const grant = await findGrant(db, (await findRow(setting)).uid)
    expect(grant!.refreshAt).toBe(grant!.updatedAt + WEEK_MS)
    expect(grant!.refreshAt! - now()).toBe(WEEK_MS - DAY_MS)
  })
})

describe('a connection that was used within a day', () => {
  it('is renewed ahead of the end of its token, so that no call waits', async () => {
    await setting.connectAndConsent()
    await setting.call()
    await setting.plugboard.house.usage.flush()
    setting.plugboard.advance(HOUR_MS)
    await renewDueGrants(setting.plugboard.house)
    expect(tokenRequests()).toBe(1)
    await setting.call()
    expect(tokenRequests()).toBe(1)
  })
})
