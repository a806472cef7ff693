// Who we are at an authorization server: registered once however many arrive together, per organization, and anew when
// the server has forgotten us.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { clientRegistration } from '../../db/schema/client-registration.ts'
import { pruneRegistrations } from '../../server/connections/authorization/prune-registrations.ts'
import { DAY_MS, SECOND_MS } from '../../server/lib/units.ts'
import { createGate } from '../support/gate.ts'
import { beginConsent, consentTo } from '../support/oauth-connection.ts'
import { type OAuthSetting, outcomeOf, startOAuthSetting } from '../support/oauth-setting.ts'

let setting: OAuthSetting
beforeEach(async () => {
  setting = await startOAuthSetting()
})
afterEach(() => setting.close())

const registrations = () => setting.authorization.to('/register').length

describe('the first consents at an authorization server', () => {
  it('are twenty at once and make one registration; all of them are connected', async () => {
    const gate = createGate()
    setting.authorization.set({ slowRegistration: gate.opened })
    const views = await Promise.all(Array.from({ length: 20 }, (_, index) => setting.connect(`wiki-${index}`)))
    const arrived = setting.authorization.arrival('/register')
    const leaving = views.map((view) => setting.leaveAndReturn(view))
    await arrived
    gate.open()
    const finished = await Promise.all(leaving.map(async (back) => setting.arrive(await back)))
    expect(finished.map(({ status }) => status.state)).toEqual(Array.from({ length: 20 }, () => 'connected'))
    expect(registrations()).toBe(1)
    expect(new Set(setting.authorization.to('/authorize').map(({ query }) => query.get('client_id')))).toEqual(new Set(['client-1']))
  })

  it('of two organizations are two clients with two addresses', async () => {
    await setting.connectAndConsent()
    const { createKey, send, house } = setting.plugboard
    const authorization = `Bearer ${(await createKey()).key}`
    await send('PUT', '/namespaces/beta', undefined, { authorization })
    const { body } = await send<ConnectionView>('PUT', '/beta/wiki', { mcpUrl: setting.upstream.url }, { authorization })
    const url = await beginConsent(house, body)
    expect(url.searchParams.get('client_id')).toBe('client-2')
    expect(registrations()).toBe(1)
  })
})

describe('a client that the authorization server has forgotten', () => {
  it('is registered anew for whoever signs in next, after its code was refused', async () => {
    const view = await setting.connect()
    const back = await setting.leaveAndReturn(view)
    setting.authorization.grants.forgetClients()
    expect(await outcomeOf(setting.arrive(back))).toBe('oauth.client_invalid')
    expect(await consentTo(setting.plugboard.house, await setting.view())).toMatchObject({ status: { state: 'connected' } })
    expect(registrations()).toBe(2)
  })

  it('is registered anew after its refresh was refused, and a person is asked', async () => {
    await setting.connectAndConsent()
    setting.authorization.grants.forgetClients()
    setting.plugboard.advance(301 * SECOND_MS)
    expect((await setting.call()).status).toBe(401)
    expect(await consentTo(setting.plugboard.house, await setting.view())).toMatchObject({ status: { state: 'connected' } })
    expect(registrations()).toBe(1)
  })
})

describe('a client that was replaced', () => {
  const stored = async () => {
    const { db } = setting.plugboard.house
    return (await db.read(db.build.select({ clientId: clientRegistration.clientId }).from(clientRegistration))).map(({ clientId }) => clientId)
  }
  /** `wiki` was granted with the first client, which is retired when `mail` signs in. */
  beforeEach(async () => {
    await setting.connectAndConsent('wiki')
    const back = await setting.leaveAndReturn(await setting.connect('mail'))
    setting.authorization.grants.forgetClients()
    await outcomeOf(setting.arrive(back))
    await consentTo(setting.plugboard.house, await setting.view('mail'))
    setting.plugboard.advance(DAY_MS)
  })

  it('is kept as long as there is a grant that was made with it', async () => {
    await pruneRegistrations(setting.plugboard.house)
    expect(await stored()).toHaveLength(2)
  })

  it('is deleted a day later, if nothing was granted to it or what was is gone', async () => {
    await setting.plugboard.send('DELETE', '/acme/wiki')
    await pruneRegistrations(setting.plugboard.house)
    expect(await stored()).toHaveLength(1)
    expect(await consentTo(setting.plugboard.house, await setting.connect('notes'))).toMatchObject({ status: { state: 'connected' } })
  })
})

describe('a registration that is refused', () => {
  it('is tried again by the next consent', async () => {
    const view = await setting.connect()
    setting.authorization.set({ document: { registration_endpoint: `${setting.authorization.issuer}/nowhere` } })
    expect(await outcomeOf(beginConsent(setting.plugboard.house, view))).toBe('oauth.registration_refused')
    setting.authorization.set({ document: {} })
    expect(await outcomeOf(beginConsent(setting.plugboard.house, view))).toBe('ok')
  })
})
