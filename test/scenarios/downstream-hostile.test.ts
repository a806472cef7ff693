// Who asks for access is a stranger: whatever they send, nobody is sent where they should not go, and nothing is given.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS } from '../../server/lib/units.ts'
import { authorizeAddress, CALLBACK, codeFields, registerApp, sendForm, sendJson, testPerson, type TestPerson } from '../support/downstream-app.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

let running: RunningConsole
let person: TestPerson

beforeAll(async () => {
  running = await startConsole()
  await running.send('PUT', `/${running.namespace}/it`, { mcpUrl: 'https://it.example.com/mcp' })
  await running.plugboard.send('PUT', '/namespaces/strangers')
})
beforeEach(async () => {
  running.plugboard.advance(HOUR_MS)
  person = testPerson(running.url, await running.signIn())
})
afterAll(() => running?.stop())

const register = (body: unknown, headers?: Record<string, string>) => sendJson(`${running.url}/oauth/register`, body, headers)

describe('registration', () => {
  it.each([
    'http://app.example.com/callback',
    'http://127.0.0.1.example.com/callback',
    'http://localhost@app.example.com/callback',
    'https://user:secret@app.example.com/',
    'https://app.example.com/#part',
    'https://app.example.com/ path',
    'https://app.example.com\\@evil.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'myapp://callback',
    '//app.example.com/',
    '',
    `https://app.example.com/${'a'.repeat(1000)}`,
  ])('refuses to send anybody to %s', async (redirectUri) => {
    expect(await register({ redirect_uris: [redirectUri] })).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } })
  })

  it.each([undefined, [], {}, { redirect_uris: [] }, { redirect_uris: CALLBACK }, { redirect_uris: Array(11).fill(CALLBACK) }, { redirect_uris: [CALLBACK], grant_types: ['client_credentials'] }, { redirect_uris: [CALLBACK], response_types: ['token'] }])(
    'refuses %j in words of the RFC',
    async (body) => {
      expect(await register(body)).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } })
    },
  )

  it('refuses what is no JSON, or too long', async () => {
    const send = (body: string, type = 'application/json') => fetch(`${running.url}/oauth/register`, { method: 'POST', body, headers: { 'content-type': type } })
    expect((await send('{')).status).toBe(400)
    expect((await send('redirect_uris=x', 'text/plain')).status).toBe(415)
    expect((await send(JSON.stringify({ redirect_uris: [CALLBACK], client_name: 'a'.repeat(20_000) }))).status).toBe(400)
  })

  it('gives no secret, and a name in one line that turns no text around', async () => {
    const { body } = await register({ redirect_uris: [CALLBACK], client_name: 'Bank\u202e\nof\u0000 you', token_endpoint_auth_method: 'client_secret_post' })
    expect(body).toMatchObject({ client_name: 'Bank of you', token_endpoint_auth_method: 'none' })
    expect(body).not.toHaveProperty('client_secret')
  })

  it('is for twenty apps an hour from one address', async () => {
    for (let times = 0; times < 20; times++) await register({})
    const { status, headers } = await register({ redirect_uris: [CALLBACK] })
    expect([status, headers.get('retry-after')]).toEqual([429, '3600'])
  })

  it('is forgotten after a day if nobody let the app in, and kept if somebody did', async () => {
    const [used, unused] = [await registerApp(running.url), await registerApp(running.url)]
    await person.allow(authorizeAddress(running, used))
    running.plugboard.advance(DAY_MS + 1)
    await running.plugboard.tick()
    person = testPerson(running.url, await running.signIn())
    expect((await person.look(authorizeAddress(running, used))).status).toBe(200)
    expect((await person.look(authorizeAddress(running, unused))).status).toBe(400)
  })
})

describe('a request for access', () => {
  it.each<[what: string, changes: Record<string, string | undefined>]>([
    ['an app that nobody knows', { client_id: 'app_nobody' }],
    ['no app', { client_id: undefined }],
    ['a redirect URI that was not registered', { redirect_uri: 'https://evil.example/' }],
    ['another path', { redirect_uri: `${CALLBACK}/more` }],
    ['another query', { redirect_uri: `${CALLBACK}?a=b` }],
    ['another loopback name', { redirect_uri: 'http://localhost:7777/callback' }],
    ['a host that only begins like it', { redirect_uri: 'http://127.0.0.1.evil.example/callback' }],
    ['no redirect URI', { redirect_uri: undefined }],
  ])('that names %s is told to the person, and sends nobody anywhere', async (_what, changes) => {
    const address = authorizeAddress(running, await registerApp(running.url), changes)
    for (const who of [person, testPerson(running.url)]) {
      const { status, headers } = await who.look(address)
      expect([status, headers.get('location')]).toEqual([400, null])
    }
    const { status, headers } = await person.answer(address, [['decision', 'allow'], ['connection', 'it']])
    expect([status, headers.get('location')]).toEqual([400, null])
  })

  it.each<[error: string, changes: Record<string, string | undefined>]>([
    ['invalid_request', { code_challenge: undefined }],
    ['invalid_request', { code_challenge: 'short' }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge_method: undefined }],
    ['invalid_request', { state: 'a'.repeat(2001) }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_target', { resource: undefined }],
    ['invalid_target', { resource: 'https://elsewhere.example/mcp/demo' }],
    ['invalid_target', { resource: 'not a url' }],
  ])('is answered %s for %j, once somebody has signed in', async (error, changes) => {
    const address = authorizeAddress(running, await registerApp(running.url), changes)
    expect((await testPerson(running.url).look(address)).headers.get('location')).toMatch(/^\/sign-in\?/)
    const location = new URL((await person.look(address)).headers.get('location')!)
    expect([location.origin + location.pathname, location.searchParams.get('error'), location.searchParams.get('iss')]).toEqual([CALLBACK, error, running.url])
    expect((await person.answer(address, [['decision', 'allow'], ['connection', 'it']])).headers.get('location') ?? '').not.toContain('code=')
  })

  it('with a parameter twice is not answered with either of them', async () => {
    const app = await registerApp(running.url)
    expect((await person.look(`${authorizeAddress(running, app)}&redirect_uri=https://evil.example/`)).status).toBe(400)
    const { headers } = await person.look(`${authorizeAddress(running, app)}&resource=${running.url}/mcp/strangers`)
    expect(new URL(headers.get('location')!).searchParams.get('error')).toBe('invalid_request')
  })

  it('for a namespace of another organization finds as little as one that does not exist', async () => {
    const app = await registerApp(running.url)
    for (const name of ['strangers', 'nobodys']) {
      const address = authorizeAddress(running, app, { resource: `${running.url}/mcp/${name}` })
      expect((await person.look(address)).status).toBe(404)
      expect((await person.answer(address, [['decision', 'allow'], ['connection', 'it']])).status).toBe(404)
    }
  })

  it('comes back to any port of the person’s own machine', async () => {
    const app = await registerApp(running.url, ['http://localhost/callback'])
    const { headers } = await person.answer(authorizeAddress(running, app, { redirect_uri: 'http://localhost:9999/callback' }), [['decision', 'refuse']])
    expect(new URL(headers.get('location')!).host).toBe('localhost:9999')
  })

  it('takes what was picked for names and nothing else', async () => {
    const address = authorizeAddress(running, await registerApp(running.url))
    const answers = [[['connection', '../it']], [['connection', 'a'.repeat(65)]], [['metadataKey', 'a'.repeat(201)], ['metadataValue', 'x']], [['metadataValue', 'x']], Array.from({ length: 60 }, (_, index) => ['connection', `${'a'.repeat(60)}${index}`])]
    for (const fields of answers) expect((await person.answer(address, [['decision', 'allow'], ...(fields as [string, string][])])).status).toBe(400)
  })
})

describe('the token endpoint', () => {
  it('refuses what is no form, too long, or says something twice', async () => {
    const send = (body: string, type = 'application/x-www-form-urlencoded') => fetch(`${running.url}/oauth/token`, { method: 'POST', body, headers: { 'content-type': type } })
    for (const response of [await send('{}', 'application/json'), await send(`a=${'a'.repeat(17_000)}`), await send('grant_type=a&grant_type=b'), await send('')]) {
      expect(response.status).toBe(400)
      expect(((await response.json()) as { error: string }).error).toMatch(/^invalid_(request|client)$/)
    }
  })

  it('knows two grants and no other', async () => {
    const app = await registerApp(running.url)
    for (const grant_type of ['password', 'client_credentials', 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'constructor', '__proto__']) {
      const { status, body } = await sendForm(`${running.url}/oauth/token`, { ...codeFields(app, 'x'), grant_type })
      expect([status, body.error === 'unsupported_grant_type' || body.error === 'invalid_client' || body.error === 'invalid_request']).toEqual([400, true])
    }
  })
})
