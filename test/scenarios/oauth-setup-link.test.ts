// The link that a person opens to finish a connection: reading it changes nothing, and it ends with its time, with its use and
// with what it was made for.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authorizationRequest } from '../../db/schema/authorization-request.ts'
import { readSetupLink } from '../../server/connections/authorization/setup-link.ts'
import { visitLink } from '../../server/connect-sessions/visit-link.ts'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../server/lib/units.ts'
import { beginConsent, consentTo } from '../support/oauth-connection.ts'
import { type OAuthSetting, outcomeOf, startOAuthSetting } from '../support/oauth-setting.ts'
import { startPlugboard } from '../support/start-plugboard.ts'

let setting: OAuthSetting
beforeEach(async () => {
  setting = await startOAuthSetting()
})
afterEach(() => setting.close())

const linkOf = (view: ConnectionView) => (view.status as { setupUrl: string }).setupUrl
const tokenOf = (view: ConnectionView) => linkOf(view).split('/setup/')[1]!
const opens = async (token: string) => (await visitLink(setting.plugboard.house, token)) !== undefined

describe('a setup link', () => {
  it('says for whom and to what it is, and who will ask for a sign-in', async () => {
    const view = await setting.connect()
    expect((await visitLink(setting.plugboard.house, tokenOf(view)))?.visit).toMatchObject({
      organization: setting.plugboard.organizationId,
      name: 'wiki',
      host: new URL(setting.upstream.url).host,
      issuer: { host: new URL(setting.authorization.issuer).host, scopes: ['mcp:read'] },
    })
  })

  it('is the same for whoever reads the connection twice', async () => {
    const view = await setting.connect()
    setting.plugboard.advance(MINUTE_MS)
    expect(linkOf(await setting.view())).toBe(linkOf(view))
  })

  it('opened a hundred times by mail scanners changes nothing, and a person still finishes it', async () => {
    const view = await setting.connect()
    for (let visit = 0; visit < 100; visit++) await visitLink(setting.plugboard.house, tokenOf(view))
    const { db } = setting.plugboard.house
    expect(await db.read(db.build.select().from(authorizationRequest))).toEqual([])
    expect(setting.authorization.requests.filter(({ method }) => method !== 'GET')).toEqual([])
    expect(await consentTo(setting.plugboard.house, view)).toMatchObject({ status: { state: 'connected' } })
  })

  it('works for half a day at least and a day at most, and then there is another', async () => {
    const view = await setting.connect()
    setting.plugboard.advance(12 * HOUR_MS - 1)
    expect(await opens(tokenOf(view))).toBe(true)
    setting.plugboard.advance(DAY_MS / 2 + 1)
    expect(await opens(tokenOf(view))).toBe(false)
    expect(await outcomeOf(consentTo(setting.plugboard.house, await setting.view()))).toBe('ok')
  })

  it('ends when it was used', async () => {
    const view = await setting.connect()
    await consentTo(setting.plugboard.house, view)
    expect(await opens(tokenOf(view))).toBe(false)
    expect(await outcomeOf(beginConsent(setting.plugboard.house, view))).toBe('authorization.link_invalid')
  })

  it('ends when the connection gets another credential', async () => {
    const view = await setting.connect()
    await setting.plugboard.send('PUT', '/acme/wiki', { mcpUrl: setting.upstream.url, headers: { 'x-api-key': 'mine' } })
    expect(await opens(tokenOf(view))).toBe(false)
    expect(await outcomeOf(beginConsent(setting.plugboard.house, view))).toBe('authorization.link_invalid')
  })

  it('ends with the connection, and is not one for the next of that name', async () => {
    const view = await setting.connect()
    await setting.plugboard.send('DELETE', '/acme/wiki')
    await setting.connect()
    expect(await opens(tokenOf(view))).toBe(false)
    expect(await outcomeOf(beginConsent(setting.plugboard.house, view))).toBe('authorization.link_invalid')
  })

  it('that was changed, or made by another installation, opens nothing', async () => {
    const view = await setting.connect()
    const token = tokenOf(view)
    const other = await startPlugboard()
    expect(readSetupLink(other.house, token)).toBeUndefined()
    await other.stop()
    const changed = token.slice(0, -5) + (token.at(-5) === 'A' ? 'B' : 'A') + token.slice(-4)
    for (const forged of [changed, token.slice(1), `${token}A`, '', 'x', 'x'.repeat(10_000)]) expect(await opens(forged)).toBe(false)
  })

  it('can be started five times at once, and again when those have ended', async () => {
    const view = await setting.connect()
    const start = () => outcomeOf(beginConsent(setting.plugboard.house, view))
    for (let open = 0; open < 5; open++) expect(await start()).toBe('ok')
    expect(await start()).toBe('authorization.too_many_open')
    setting.plugboard.advance(10 * MINUTE_MS)
    expect(await start()).toBe('ok')
  })
})
