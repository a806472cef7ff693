// What a server says about its authorization server is a stranger's text. Where it cannot be trusted nobody is sent anywhere,
// nothing is registered, and nothing is written down.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authorizationRequest } from '../../db/schema/authorization-request.ts'
import { visitLink } from '../../server/connect-sessions/visit-link.ts'
import type { HostileKnobs } from '../support/hostile-authorization-server.ts'
import { beginConsent } from '../support/oauth-connection.ts'
import { type OAuthSetting, outcomeOf, startOAuthSetting } from '../support/oauth-setting.ts'

let setting: OAuthSetting
beforeEach(async () => {
  setting = await startOAuthSetting()
})
afterEach(() => setting.close())

const HOSTILE = ['javascript:alert(1)', 'data:text/html,<script>', 'vbscript:x', 'file:///etc/passwd', 'https://u:p@h.example/', 'https://h.example/#x', 'http://h.example/', `https://h.example/${'x'.repeat(10_240)}`, '$(calc)', '\r\nLocation: https://h.example']

/** What a person who opens the link is told, what becomes of the attempt to go on, and what it leaves behind. */
async function tryWith(knobs: Partial<HostileKnobs>) {
  setting.authorization.set(knobs)
  const { house } = setting.plugboard
  const view = await setting.connect()
  const { setupUrl } = view.status as { setupUrl: string }
  const visit = (await visitLink(house, setupUrl.split('/setup/')[1]!))?.visit
  const outcome = await outcomeOf(beginConsent(house, view))
  const shown = visit && 'failure' in visit.issuer ? visit.issuer.failure.code : visit?.issuer
  const sent = setting.authorization.requests.filter(({ method }) => method !== 'GET')
  return { shown, outcome, sent, stored: await house.db.read(house.db.build.select().from(authorizationRequest)) }
}
const refusal = (code: string) => ({ shown: code, outcome: code, sent: [], stored: [] })

describe('an authorization server', () => {
  it.each(['https://evil.example', (issuer: string) => `${issuer}/`, (issuer: string) => issuer.toUpperCase()])('whose document names another issuer is not used: %s', async (name) => {
    const issuer = typeof name === 'string' ? name : name(setting.authorization.issuer)
    expect(await tryWith({ document: { issuer } })).toEqual(refusal('oauth.issuer_mismatch'))
  })

  it.each([undefined, [], ['plain']])('that offers PKCE by %j is not used', async (methods) => {
    expect(await tryWith({ document: { code_challenge_methods_supported: methods } })).toEqual(refusal('oauth.pkce_unsupported'))
  })

  it.each(['authorization_endpoint', 'token_endpoint', 'registration_endpoint', 'revocation_endpoint'])('whose %s is no plain address is not used', async (endpoint) => {
    for (const url of HOSTILE) expect([url, await tryWith({ document: { [endpoint]: url } })]).toEqual([url, refusal('oauth.unsafe_endpoint')])
  })

  it.each([404, 429, 500])('whose documents answer %i is not used', async (documentStatus) => {
    expect(await tryWith({ documentStatus })).toEqual(refusal('oauth.metadata_unavailable'))
  })

  it('that registers nobody needs a client from a person', async () => {
    expect((await tryWith({ document: { registration_endpoint: undefined } })).outcome).toBe('authorization.client_needed')
  })
})
