// What a server says about its authorization server is a stranger's text. Where it cannot be trusted nobody is sent anywhere,
// nothing is registered, and nothing is written down.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authorizationRequest } from '../../db/schema/authorization-request.ts'
import { visitSetup } from '../../server/connections/authorization/visit-setup.ts'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import type { HostileKnobs } from '../support/hostile-authorization-server.ts'
import { beginConsent } from '../support/oauth-connection.ts'
import { type OAuthSetting, outcomeOf, startOAuthSetting } from '../support/oauth-setting.ts'

let setting: OAuthSetting
beforeEach(async () => {
  setting = await startOAuthSetting()
})
afterEach(() => setting.close())

const HOSTILE = ['javascript:alert(1)', 'data:text/html,<script>', 'vbscript:x', 'file:///etc/passwd', 'https://u:p@h.example/', 'https://h.example/#x', 'http://h.example/', `https://h.example/${'x'.repeat(10_240)}`, '$(calc)', '\r\nLocation: https://h.example']

/** What a person who opens the link is told, and what became of the attempt to go on. */
async function tryAt(view: ConnectionView) {
  const { house } = setting.plugboard
  const { setupUrl } = view.status as { setupUrl: string }
  const visit = await visitSetup(house, setupUrl.split('/setup/')[1]!)
  const outcome = await outcomeOf(beginConsent(house, view))
  return { outcome, visit }
}

async function expectRefusal(knobs: Partial<HostileKnobs>, code: string): Promise<void> {
  setting.authorization.set(knobs)
  const view = await setting.connect()
  const { outcome, visit } = await tryAt(view)
  expect([knobs, outcome]).toEqual([knobs, code])
  expect(visit?.issuer).toEqual({ failure: expect.objectContaining({ code }) })
  expect(setting.authorization.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  const { db } = setting.plugboard.house
  expect(await db.read(db.build.select().from(authorizationRequest))).toEqual([])
}

describe('an authorization server', () => {
  it.each(['https://evil.example', (issuer: string) => `${issuer}/`, (issuer: string) => issuer.toUpperCase()])('whose document names another issuer is not used: %s', async (name) => {
    const issuer = typeof name === 'string' ? name : name(setting.authorization.issuer)
    await expectRefusal({ document: { issuer } }, 'oauth.issuer_mismatch')
  })

  it.each([undefined, [], ['plain']])('that offers PKCE by %j is not used', async (methods) => {
    await expectRefusal({ document: { code_challenge_methods_supported: methods } }, 'oauth.pkce_unsupported')
  })

  it.each(['authorization_endpoint', 'token_endpoint', 'registration_endpoint', 'revocation_endpoint'])('whose %s is no plain address is not used', async (endpoint) => {
    for (const url of HOSTILE) await expectRefusal({ document: { [endpoint]: url } }, 'oauth.unsafe_endpoint')
  })

  it.each([404, 429, 500])('whose documents answer %i is not used', async (documentStatus) => {
    await expectRefusal({ documentStatus }, 'oauth.metadata_unavailable')
  })

  it('that registers nobody needs a client from a person', async () => {
    setting.authorization.set({ document: { registration_endpoint: undefined } })
    expect((await tryAt(await setting.connect())).outcome).toBe('authorization.client_needed')
  })
})
