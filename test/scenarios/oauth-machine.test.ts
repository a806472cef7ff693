// A connection that needs no person: it asks for its tokens in its own name. The authorization server is a real one.
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import type { Examination } from '../../server/context/examination.ts'
import { createLogger } from '../../server/lib/logger.ts'
import { MINUTE_MS, SECOND_MS } from '../../server/lib/units.ts'
import { createPlainCanary, findCanaries, findCanariesOnDisk } from '../support/canary.ts'
import { beginConsent } from '../support/oauth-connection.ts'
import { type OAuthProvider, startOAuthProvider } from '../support/oauth-provider.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const LIFE_SECONDS = 300
const LIFE_MS = LIFE_SECONDS * SECOND_MS
const WIKI = '/acme/wiki'
const ADDRESS = encodeURIComponent(JSON.stringify({ namespace: 'acme', connectionId: 'wiki' }))

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const secret = createPlainCanary('the secret of a client')

/** What somebody registered at the authorization server, and what they got to know of it. */
const MACHINES = [
  { client_id: 'by-basic', client_secret: secret.value, token_endpoint_auth_method: 'client_secret_basic' },
  { client_id: 'by-post', client_secret: secret.value, token_endpoint_auth_method: 'client_secret_post' },
  { client_id: 'by-ec-key', token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ ...ec.publicKey.export({ format: 'jwk' }), kid: 'ours' }] } },
  { client_id: 'by-rsa-key', token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [rsa.publicKey.export({ format: 'jwk' })] } },
] as const
const BASIC = { clientId: 'by-basic', clientSecret: secret.value, grant: 'client_credentials' }
const RSA = { clientId: 'by-rsa-key', privateKey: rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), grant: 'client_credentials' }

let provider: OAuthProvider
let upstream: ProtectedUpstream
let plugboard: RunningPlugboard
let logged: string

beforeAll(async () => {
  provider = await startOAuthProvider({ accessTokenSeconds: LIFE_SECONDS, machines: MACHINES.map((machine) => ({ ...machine }) as never) })
  upstream = await startProtectedUpstream(provider)
})
afterAll(async () => {
  await upstream?.close()
  await provider?.close()
})
beforeEach(async () => {
  logged = ''
  plugboard = await startPlugboard({ log: createLogger('trace', { write: (line) => void (logged += line) }) })
  await plugboard.send('PUT', '/namespaces/acme')
  provider.requests.length = 0
  upstream.tokens.length = 0
  provider.setRefusal(undefined)
  return () => plugboard.stop()
})

const put = async (body: object) => (await plugboard.send<ConnectionView>('PUT', WIKI, body)).body
const connect = (oauthClient: object = BASIC) => put({ mcpUrl: upstream.url, oauthClient })
const call = () => plugboard.send('POST', `${WIKI}/.tools/echo`, { message: 'hello' })
const view = async () => (await plugboard.send<ConnectionView>('GET', WIKI)).body
const tokenRequests = () => provider.requests.filter((request) => request === 'POST /token').length
const REFUSED = { state: 'error', message: expect.stringContaining('does not accept the client') }

describe('a connection with a client that asks in its own name', () => {
  it.each([
    ['a secret, sent by Basic', BASIC],
    ['a secret, sent in the form', { ...BASIC, clientId: 'by-post', tokenAuthMethod: 'client_secret_post' }],
    ['a P-256 key as a JWK', { clientId: 'by-ec-key', privateKey: { ...ec.privateKey.export({ format: 'jwk' }), kid: 'ours' }, grant: 'client_credentials' }],
    ['an RSA key in PEM', RSA],
  ])('is connected as soon as it is made, and nobody is asked: %s', async (_how, oauthClient) => {
    const made = await connect(oauthClient)
    expect(made).toMatchObject({ status: { state: 'connected' }, machineGrant: 'client_credentials' })
    expect((await call()).status).toBe(200)
    expect([tokenRequests(), new Set(upstream.tokens).size]).toEqual([1, 1])
  })

  it('sends nobody to a page, and has no link to one', async () => {
    await connect()
    await plugboard.send('PUT', WIKI, { oauthClient: { ...BASIC, clientSecret: 'wrong' } })
    expect(JSON.stringify(await view())).not.toContain('/setup/')
    const asked = await plugboard.send('GET', `/trpc/connections.setupLink?input=${ADDRESS}`)
    expect(JSON.stringify(asked.body)).toContain('authorization.signs_in_by_itself')
  })

  it('shows its client to no other issuer than the one it was given for', async () => {
    const { status } = await connect({ ...BASIC, issuer: 'https://login.example' })
    expect([status, tokenRequests()]).toEqual([{ state: 'error', message: expect.stringContaining('another authorization server') }, 0])
  })

  it('keeps its secret, its key and its tokens to itself: answers, log and files', async () => {
    await connect()
    await call()
    await put({ oauthClient: RSA })
    await call()
    const answers = await Promise.all(
      [WIKI, '/acme', `/trpc/connections.credential?input=${ADDRESS}`].map((path) => plugboard.send('GET', path)),
    )
    const { d } = rsa.privateKey.export({ format: 'jwk' })
    const secrets = [secret, { name: 'the key', value: d! }, ...upstream.tokens.map((value) => ({ name: 'a token', value }))]
    expect(findCanaries(JSON.stringify(answers.map(({ body }) => body)) + logged, secrets)).toEqual([])
    expect(await findCanariesOnDisk(plugboard.house.config.dataDir, secrets)).toEqual([])
  })

  it('gives its token back when it is deleted', async () => {
    await connect()
    const deletion = await plugboard.send('DELETE', WIKI)
    expect([deletion.body, provider.requests.at(-1)]).toEqual([expect.objectContaining({ revokedUpstream: true }), 'POST /token/revocation'])
    expect(await provider.introspect(upstream.tokens[0]!, upstream.url)).toBeUndefined()
  })
})

describe('a token without a person that has ended', () => {
  it('is asked for again, once for fifty calls at the same moment, and all of them go through', async () => {
    await connect()
    plugboard.advance(LIFE_MS + 1)
    const answers = await Promise.all(Array.from({ length: 50 }, call))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(tokenRequests()).toBe(2)
  })

  it('is asked for again and again', async () => {
    await connect()
    for (let round = 0; round < 3; round++) {
      plugboard.advance(LIFE_MS + 1)
      expect((await call()).status).toBe(200)
    }
    expect(new Set(upstream.tokens).size).toBe(4)
  })

  it('and one that is refused early are replaced, and the call is sent again', async () => {
    await connect()
    await provider.revokeAccessTokens()
    expect([(await call()).status, tokenRequests()]).toEqual([200, 2])
  })
})

describe('a client that the authorization server does not accept', () => {
  it('makes the status an error that says what to do, and is mended by another one', async () => {
    expect((await connect({ ...BASIC, clientSecret: 'wrong' })).status).toEqual(REFUSED)
    expect((await put({ oauthClient: BASIC })).status).toEqual({ state: 'connected' })
    expect((await call()).status).toBe(200)
  })

  it('is told to callers, and not shown there with every call', async () => {
    await connect({ ...BASIC, clientSecret: 'wrong' })
    const codes: unknown[] = []
    for (let count = 0; count < 6; count++) codes.push((await call()).body.code)
    expect(codes[0]).toBe('authorization.client_refused')
    expect(codes.at(-1)).toBe('authorization.asked_too_often')
    expect(tokenRequests()).toBe(3)
  })

  it('though it was, says so once its token has ended, and works by itself when it is accepted again', async () => {
    await connect()
    provider.setRefusal('invalid_client')
    plugboard.advance(LIFE_MS + 1)
    expect(await call()).toMatchObject({ status: 502, body: { code: 'authorization.client_refused' } })
    expect((await view()).status).toEqual(REFUSED)
    expect(await call()).toMatchObject({ status: 502, body: { code: 'authorization.client_refused' } })
    expect(tokenRequests()).toBe(2)
    provider.setRefusal(undefined)
    plugboard.advance(10 * MINUTE_MS)
    expect((await call()).status).toBe(200)
    expect((await view()).status).toEqual({ state: 'connected' })
  })

  it('is asked for again when somebody has the connection checked', async () => {
    provider.setRefusal('unauthorized_client')
    expect((await connect()).status).toEqual(REFUSED)
    provider.setRefusal(undefined)
    expect((await plugboard.send<ConnectionView>('POST', `${WIKI}/.check`)).body.status).toEqual({ state: 'connected' })
  })

  it('is not what a server is that is down: calls connect by themselves once it is back', async () => {
    provider.setRefusal('temporarily_unavailable')
    expect((await connect()).status).toMatchObject({ state: 'error' })
    provider.setRefusal(undefined)
    expect((await call()).status).toBe(200)
    expect((await view()).status).toEqual({ state: 'connected' })
  })
})

describe('an examination of such a connection', () => {
  const examine = async () => (await plugboard.send<Examination>('POST', `${WIKI}/.doctor`)).body

  it('finds nothing wrong with one that works, and sends nobody to sign in', async () => {
    await connect()
    const { verdict, checks } = await examine()
    expect(verdict).toMatchObject({ healthy: true })
    expect(checks.find(({ check }) => check === 'redirect_uri')).toMatchObject({ outcome: 'skipped' })
  })

  it('says of one whose client is refused that it has no token, and what asks for one', async () => {
    await connect({ ...BASIC, clientSecret: 'wrong' })
    expect((await examine()).verdict).toMatchObject({ healthy: false, sentence: 'It was not given a token yet.', remedy: 'check' })
  })
})

describe('another client for the same connection', () => {
  it('takes the place of the first at once, whose token is given back', async () => {
    await connect()
    const [first] = upstream.tokens
    expect(await put({ oauthClient: RSA })).toMatchObject({ status: { state: 'connected' } })
    expect([await provider.introspect(first!, upstream.url), (await call()).status]).toEqual([undefined, 200])
    expect(await provider.introspect(upstream.tokens.at(-1)!, upstream.url)).toMatchObject({ account: 'by-rsa-key' })
  })

  it('that is the same one changes nothing', async () => {
    await connect()
    await put({ oauthClient: BASIC })
    await call()
    expect([tokenRequests(), new Set(upstream.tokens).size]).toEqual([1, 1])
  })

  it('with which a person signs in waits for that person', async () => {
    await connect()
    const waiting = await put({ oauthClient: { clientId: 'by-basic', clientSecret: secret.value } })
    expect([waiting.status.state, waiting.machineGrant]).toEqual(['auth_required', undefined])
    expect((await beginConsent(plugboard.house, waiting)).searchParams.get('client_id')).toBe('by-basic')
  })
})
