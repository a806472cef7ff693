// What is deleted does not come back, and what it was granted is given back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { oauthGrant } from '../../db/schema/oauth-grant.ts'
import { finishRemovals } from '../../server/connections/remove-connection.ts'
import { SECOND_MS } from '../../server/lib/units.ts'
import { createGate } from '../support/gate.ts'
import { type OAuthSetting, startOAuthSetting } from '../support/oauth-setting.ts'

let setting: OAuthSetting
beforeEach(async () => {
  setting = await startOAuthSetting()
})
afterEach(() => setting.close())

const revoked = () => setting.authorization.to('/revoke').map(({ form }) => setting.authorization.issued.find(({ value }) => value === form.get('token'))?.name)
const deletion = async () => (await setting.plugboard.send('DELETE', '/acme/wiki')).body
const storedGrants = () => setting.plugboard.house.db.read(setting.plugboard.house.db.build.select().from(oauthGrant))

describe('deleting a connection', () => {
  it('gives back what it was granted, and says so', async () => {
    await setting.connectAndConsent()
    expect(await deletion()).toEqual({ success: true, revokedUpstream: true })
    expect(revoked()).toEqual([expect.stringContaining('a refresh token')])
    expect(await storedGrants()).toEqual([])
  })

  it.each([400, 500, 503])('is done though the server answers %i to that, and says so', async (revocationStatus) => {
    setting.authorization.set({ revocationStatus })
    await setting.connectAndConsent()
    expect(await deletion()).toEqual({ success: true, revokedUpstream: false })
    expect((await setting.plugboard.send('GET', '/acme/wiki')).status).toBe(404)
  })

  it('is done though the server takes nothing back', async () => {
    setting.authorization.set({ document: { revocation_endpoint: undefined } })
    await setting.connectAndConsent()
    expect(await deletion()).toEqual({ success: true, revokedUpstream: false })
  })

  it('that was granted nothing says nothing of it', async () => {
    await setting.connect()
    expect(await deletion()).toEqual({ success: true })
    expect(revoked()).toEqual([])
  })
})

describe('deleting a namespace', () => {
  const removal = async () => (await setting.plugboard.send('DELETE', '/namespaces/acme')).body

  it('gives back what was granted to its connections, and says how many', async () => {
    for (const connectionId of ['wiki', 'mail']) await setting.connectAndConsent(connectionId)
    expect(await removal()).toEqual({ success: true, name: 'acme', grants: { givenBack: 2, left: 0 } })
    expect(revoked()).toEqual([expect.stringContaining('a refresh token'), expect.stringContaining('a refresh token')])
    expect(await storedGrants()).toEqual([])
  })

  it('says how many the server did not take, and is done all the same', async () => {
    setting.authorization.set({ revocationStatus: 503 })
    await setting.connectAndConsent()
    expect(await removal()).toEqual({ success: true, name: 'acme', grants: { givenBack: 0, left: 1 } })
    expect((await setting.plugboard.send('GET', '/acme/wiki')).status).toBe(404)
  })

  it('to which nothing was granted says nothing of it', async () => {
    await setting.connect()
    expect(await removal()).toEqual({ success: true, name: 'acme' })
  })
})

describe('removing a connection in the console', () => {
  it('gives back what it was granted once it cannot be undone any more', async () => {
    await setting.connectAndConsent()
    const { send, advance, house } = setting.plugboard
    await send('POST', '/trpc/connections.remove', { namespace: 'acme', connectionId: 'wiki' })
    await finishRemovals(house)
    expect(revoked()).toEqual([])
    advance(10 * SECOND_MS)
    await finishRemovals(house)
    expect([revoked().length, await storedGrants()]).toEqual([1, []])
  })
})

describe('the answer to removing a connection in the console', () => {
  it.each([
    ['will take its grant back', {}, true],
    ['has no way to take its grant back', { revocation_endpoint: undefined }, false],
  ])('says at once whether its server %s', async (_what, document, takesGrantBack) => {
    setting.authorization.set({ document })
    await setting.connectAndConsent()
    const { body } = await setting.plugboard.send('POST', '/trpc/connections.remove', { namespace: 'acme', connectionId: 'wiki' })
    expect(body).toMatchObject({ result: { data: { takesGrantBack } } })
  })
})

describe('a connection that is deleted while its token is renewed', () => {
  async function deleteMeanwhile() {
    await setting.connectAndConsent()
    const gate = createGate()
    setting.authorization.set({ slowToken: gate.opened })
    setting.plugboard.advance(301 * SECOND_MS)
    const arrived = setting.authorization.arrival('/token')
    const call = setting.call()
    await arrived
    await deletion()
    return { call, gate }
  }

  it('stays deleted, and the new token is given back, too', async () => {
    const { call, gate } = await deleteMeanwhile()
    gate.open()
    expect((await call).status).toBe(404)
    const [first, second] = revoked()
    expect([first, second]).toEqual([expect.stringContaining('a refresh token'), expect.stringContaining('a refresh token')])
    expect(first).not.toBe(second)
    expect(await storedGrants()).toEqual([])
  })

  it('and made anew has nothing of the old one', async () => {
    const { call, gate } = await deleteMeanwhile()
    expect((await setting.connect()).status).toMatchObject({ state: 'auth_required' })
    gate.open()
    expect((await call).status).toBe(404)
    expect(await storedGrants()).toEqual([])
    expect((await setting.call()).status).toBe(401)
  })
})
