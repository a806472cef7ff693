// An authorization server that registers nobody by itself: somebody makes a client there by hand, and gives it to a connection.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { visitLink } from '../../server/connect-sessions/visit-link.ts'
import { beginAuthorization } from '../../server/connections/authorization/begin-authorization.ts'
import { readSetupLink } from '../../server/connections/authorization/setup-link.ts'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { SECOND_MS } from '../../server/lib/units.ts'
import { beginConsent, BROWSER_SECRET, finishConsent } from '../support/oauth-connection.ts'
import { createOAuthPerson } from '../support/oauth-person.ts'
import { type OAuthProvider, startOAuthProvider } from '../support/oauth-provider.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const LIFE_SECONDS = 300
const WIKI = '/acme/wiki'

let provider: OAuthProvider
let upstream: ProtectedUpstream
let plugboard: RunningPlugboard

beforeAll(async () => {
  provider = await startOAuthProvider({ accessTokenSeconds: LIFE_SECONDS, offersRegistration: false })
  upstream = await startProtectedUpstream(provider)
})
afterAll(async () => {
  await upstream?.close()
  await provider?.close()
})
beforeEach(async () => {
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/acme')
  return () => plugboard.stop()
})

const put = async (body: object) => (await plugboard.send<ConnectionView>('PUT', WIKI, body)).body
const tokenOf = (view: ConnectionView) => (view.status as { setupUrl: string }).setupUrl.split('/setup/')[1]!
const call = () => plugboard.send('POST', `${WIKI}/.tools/echo`, { message: 'hello' })

/** What an administrator of the authorization server does by hand. */
async function registerByHand(redirectUri: string): Promise<{ clientId: string; clientSecret: string }> {
  const response = await fetch(`${provider.issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code', 'refresh_token'],
    }),
  })
  const { client_id: clientId, client_secret: clientSecret } = (await response.json()) as { client_id: string; client_secret: string }
  return { clientId, clientSecret }
}

async function redirectUriFor(view: ConnectionView): Promise<string> {
  const { issuer } = (await visitLink(plugboard.house, tokenOf(view)))!.visit
  if ('failure' in issuer || !issuer.clientWanted) throw new Error('The page does not ask for a client')
  return issuer.clientWanted.redirectUri
}

const beginWith = (view: ConnectionView, enteredClient: { clientId: string; clientSecret: string }) =>
  beginAuthorization(plugboard.house, { link: readSetupLink(plugboard.house, tokenOf(view))!, browserSecret: BROWSER_SECRET, returnUrl: undefined, enteredClient })

describe('a connection without a client', () => {
  it('wants input, in the words of the dialect, and says where', async () => {
    const { status } = await put({ mcpUrl: upstream.url })
    expect(status).toEqual({ state: 'input_required', setupUrl: expect.stringContaining('/setup/'), http: {}, missing: { headers: [], query: [] } })
  })

  it('works after one sitting in which a person entered a client and agreed, and renews its token with the secret', async () => {
    const view = await put({ mcpUrl: upstream.url })
    const client = await registerByHand(await redirectUriFor(view))
    await finishConsent(plugboard.house, await createOAuthPerson().authorize((await beginWith(view, client)).href))
    expect((await call()).status).toBe(200)
    plugboard.advance(LIFE_SECONDS * SECOND_MS + 1)
    expect((await call()).status).toBe(200)
  })

  it('can be given another one by the same link as long as nobody signed in with the first', async () => {
    const view = await put({ mcpUrl: upstream.url })
    const client = await registerByHand(await redirectUriFor(view))
    await beginWith(view, { clientId: 'mistyped', clientSecret: '' })
    const { searchParams } = await beginWith(view, client)
    expect(searchParams.get('client_id')).toBe(client.clientId)
  })

  it('hears which field is wrong', async () => {
    const failed = beginWith(await put({ mcpUrl: upstream.url }), { clientId: ' ', clientSecret: '' })
    await expect(failed).rejects.toMatchObject({ code: 'input.invalid', details: { field: 'clientId' } })
  })
})

describe('a client given through the API', () => {
  it('is used, with the parameters that were asked for, and its secret is never shown', async () => {
    const client = await registerByHand(await redirectUriFor(await put({ mcpUrl: upstream.url })))
    const answer = await plugboard.send<ConnectionView>('PUT', WIKI, { oauthClient: client, authorizationParams: { login_hint: 'ada', access_type: 'offline' } })
    expect(answer.body.status).toMatchObject({ state: 'auth_required' })
    expect(JSON.stringify([answer.body, (await plugboard.send('GET', WIKI)).body])).not.toContain(client.clientSecret)
    const url = await beginConsent(plugboard.house, answer.body)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ client_id: client.clientId, login_hint: 'ada', access_type: 'offline' })
    await finishConsent(plugboard.house, await createOAuthPerson().authorize(url.href))
    expect((await call()).status).toBe(200)
  })

  it('may be sent again while somebody signs in with it', async () => {
    const client = await registerByHand(await redirectUriFor(await put({ mcpUrl: upstream.url })))
    const url = await beginConsent(plugboard.house, await put({ oauthClient: client }))
    await put({ oauthClient: client })
    await finishConsent(plugboard.house, await createOAuthPerson().authorize(url.href))
    expect((await call()).status).toBe(200)
  })

  it('is never shown to another issuer than the one it was given for', async () => {
    const view = await put({ mcpUrl: upstream.url, oauthClient: { clientId: 'of another', clientSecret: 's3cret', issuer: 'https://login.example' } })
    await expect(beginConsent(plugboard.house, view)).rejects.toMatchObject({ code: 'authorization.client_of_another_issuer' })
  })

  it.each(['state', 'redirect_uri', 'code_challenge', 'resource', 'scope', 'client_id'])('cannot come with a parameter %s of its own', async (name) => {
    const answer = await plugboard.send('PUT', WIKI, { mcpUrl: upstream.url, authorizationParams: { [name]: 'mine' } })
    expect(answer).toMatchObject({ status: 400, body: { details: { field: expect.stringContaining('authorizationParams') } } })
  })
})
