// Connections that act for whom an assertion names: a person, for whom the identity provider of their organization vouches
// (Enterprise-Managed Authorization), or a workload that was signed for.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { MINUTE_MS, SECOND_MS } from '../../server/lib/units.ts'
import { type AssertionServer, startAssertionTaker, startIdentityProvider } from '../support/assertion-servers.ts'
import { createPlainCanary, findCanaries, findCanariesOnDisk } from '../support/canary.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const LIFE_MS = 300 * SECOND_MS
const WIKI = '/acme/wiki'

let provider: AssertionServer
let authorization: AssertionServer
let upstream: ProtectedUpstream
let plugboard: RunningPlugboard

beforeAll(async () => {
  authorization = await startAssertionTaker()
  provider = await startIdentityProvider((assertion) => authorization.trust(assertion))
  upstream = await startProtectedUpstream(authorization)
})
afterAll(async () => {
  await upstream?.close()
  await authorization?.close()
  await provider?.close()
})
beforeEach(async () => {
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/acme')
  provider.seen.length = 0
  authorization.seen.length = 0
  return () => plugboard.stop()
})

/** Of the shape of a JWT; what it says is between those who sign and those who check. */
const newJwt = () => `eyJhbGciOiJFUzI1NiJ9.${randomBytes(24).toString('base64url')}.${randomBytes(32).toString('base64url')}`
const put = async (body: object) => (await plugboard.send<ConnectionView>('PUT', WIKI, body)).body
const view = async () => (await plugboard.send<ConnectionView>('GET', WIKI)).body
const call = () => plugboard.send('POST', `${WIKI}/.tools/echo`, { message: 'hello' })
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
const WAITS = { state: 'auth_required', reason: expect.stringContaining('new ID token or assertion') }

describe('a person whose organization vouches for them', () => {
  const secretThere = createPlainCanary('the secret at the identity provider')
  const secretHere = createPlainCanary('the secret at the authorization server')
  let idToken: string
  const client = () => ({
    clientId: 'wiki-client',
    clientSecret: secretHere.value,
    grant: 'jwt_bearer',
    identity: { issuer: provider.issuer, clientId: 'sso-client', clientSecret: secretThere.value, idToken },
  })
  const connect = async () => put({ mcpUrl: upstream.url, oauthClient: client() })
  beforeEach(() => {
    idToken = newJwt()
    provider.trust(idToken)
  })

  it('is connected without a sign-in: their ID token is exchanged for an assertion, and that for a token', async () => {
    expect(await connect()).toMatchObject({ status: { state: 'connected' }, machineGrant: 'jwt_bearer' })
    expect((await call()).status).toBe(200)
    const [exchange] = provider.seen
    expect([Object.fromEntries(exchange!.form), exchange!.authorization]).toEqual([
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        requested_token_type: 'urn:ietf:params:oauth:token-type:id-jag',
        subject_token: idToken,
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        audience: authorization.issuer,
        resource: upstream.url,
        scope: 'mcp:read',
      },
      basic(`sso-client:${secretThere.value}`),
    ])
    const [grant] = authorization.seen
    expect([Object.fromEntries(grant!.form), grant!.authorization]).toEqual([
      { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: provider.issued.at(-1)!.value, resource: upstream.url, scope: 'mcp:read' },
      basic(`wiki-client:${secretHere.value}`),
    ])
  })

  it('is asked nothing when the token ends: a new assertion is made for the next one', async () => {
    await connect()
    plugboard.advance(LIFE_MS + 1)
    expect([(await call()).status, provider.seen.length, authorization.seen.length]).toEqual([200, 2, 2])
  })

  it('has to sign in again at their organization when the ID token is over, which the status says, and no link helps', async () => {
    await connect()
    provider.distrust(idToken)
    plugboard.advance(LIFE_MS + 1)
    expect(await call()).toMatchObject({ status: 401, body: { error: 'auth_required', code: 'authorization.identity_refused' } })
    expect((await view()).status).toEqual(WAITS)
    const { body } = await call()
    expect(JSON.stringify([body, await view()])).not.toContain('/setup/')
    expect(provider.seen.length).toBe(2)
  })

  it('goes on with the new ID token that the app hands over', async () => {
    provider.distrust(idToken)
    expect((await connect()).status).toEqual(WAITS)
    idToken = newJwt()
    provider.trust(idToken)
    expect((await put({ oauthClient: client() })).status).toEqual({ state: 'connected' })
    expect((await call()).status).toBe(200)
  })

  it('shows neither ID token nor secret to anybody but who they are for', async () => {
    await connect()
    await call()
    const secrets = [secretHere, secretThere, { name: 'the ID token', value: idToken }, ...provider.issued, ...authorization.issued]
    const shown = await Promise.all([WIKI, '/acme'].map((path) => plugboard.send('GET', path)))
    expect(findCanaries(JSON.stringify(shown.map(({ body }) => body)), secrets)).toEqual([])
    expect(await findCanariesOnDisk(plugboard.house.config.dataDir, secrets)).toEqual([])
    const toAuthorization = authorization.seen.map(({ form, authorization: header }) => `${form} ${header}`).join()
    expect(findCanaries(toAuthorization, [secretThere, { name: 'the ID token', value: idToken }])).toEqual([])
  })
})

describe('a workload with a signed identity', () => {
  const clientOf = (assertion: string) => ({ clientId: 'workload', grant: 'jwt_bearer', assertion })

  it('is connected with it, without a secret', async () => {
    const assertion = newJwt()
    authorization.trust(assertion)
    expect((await put({ mcpUrl: upstream.url, oauthClient: clientOf(assertion) })).status).toEqual({ state: 'connected' })
    const [{ form, authorization: header } = {}] = authorization.seen
    expect([form?.get('assertion'), form?.get('client_id'), header]).toEqual([assertion, 'workload', undefined])
    expect((await call()).status).toBe(200)
  })

  it('needs a new one when that is over, and works by itself if it is taken again', async () => {
    const assertion = newJwt()
    authorization.trust(assertion)
    await put({ mcpUrl: upstream.url, oauthClient: clientOf(assertion) })
    authorization.distrust(assertion)
    plugboard.advance(LIFE_MS + 1)
    expect((await call()).status).toBe(401)
    expect((await view()).status).toEqual(WAITS)
    authorization.trust(assertion)
    plugboard.advance(10 * MINUTE_MS)
    expect((await call()).status).toBe(200)
    expect((await view()).status).toEqual({ state: 'connected' })
  })
})
