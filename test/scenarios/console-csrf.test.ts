// A browser sends its cookie with every request, whoever's page made it. What is not known to come from a page of ours
// changes nothing, and reads nothing through the doors that answer a cookie.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountPages } from '../support/account-pages.ts'
import { postAsHost } from '../support/post-as-host.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { openBrowser, openOwnersBrowser, OWNER, type TestBrowser } from '../support/test-browser.ts'

const SERVER = { PUBLIC_URL: 'https://plugboard.test', ALLOW_GENERATED_KEK: '1' }

let plugboard: RunningPlugboard
let owner: TestBrowser
beforeEach(async () => {
  plugboard = await startPlugboard({ pages: accountPages })
  owner = await openOwnersBrowser(plugboard)
})
afterEach(() => plugboard.stop())

/** Exactly these headers beside the cookie: Node's fetch adds a Sec-Fetch-Mode, and nothing that says where it comes from. */
async function send(method: string, path: string, headers: Record<string, string>, body?: string): Promise<{ status: number; text: string }> {
  const response = await fetch(plugboard.url + path, {
    method,
    redirect: 'manual',
    headers: { cookie: owner.cookie!, ...headers },
    ...(body !== undefined && { body }),
  })
  return { status: response.status, text: await response.text() }
}

const JSON_BODY = { 'content-type': 'application/json' }
const namespaces = async () => JSON.stringify((await owner.query('namespaces.list')).body)

const elsewhere: [string, Record<string, string>][] = [
  ['a page of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['a page of a neighbour’s port', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' }],
  ['an old browser on another site’s page', { origin: 'https://evil.example' }],
  ['a page without an origin', { origin: 'null' }],
  ['a page that lies about one of the two', { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1:3000' }],
]
const unknown: [string, Record<string, string>][] = [
  ['nobody knows where', {}],
  ['an address that was typed', { 'sec-fetch-site': 'none' }],
]

describe.each([...elsewhere, ...unknown])('what comes from %s', (_where, headers) => {
  it('does not sign anybody out, in, or up', async () => {
    for (const path of ['/sign-out', '/sign-in', '/welcome', '/invite/accept', '/app/settings/account']) {
      expect(await send('POST', path, { ...JSON_BODY, ...headers }, JSON.stringify(OWNER))).toMatchObject({
        status: 403,
        text: expect.stringContaining('http.cross_site'),
      })
    }
    expect((await owner.query('account.get')).status).toBe(200)
  })

  it.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded'])('makes nothing over tRPC, sent as %s', async (type) => {
    const before = await namespaces()
    for (const path of ['/trpc/namespaces.ensure', '/trpc/namespaces.ensure?batch=1', '/trpc/namespaces.ensure?x=1']) {
      const body = path.endsWith('batch=1') ? '{"0":{"name":"theirs"}}' : '{"name":"theirs"}'
      const { status } = await send('POST', path, { 'content-type': type, ...headers }, body)
      expect([403, 415]).toContain(status)
    }
    expect(await namespaces()).toBe(before)
  })
})

describe.each(elsewhere)('what is asked from %s', (_where, headers) => {
  it('is not answered over tRPC', async () => {
    expect(await send('GET', '/trpc/account.get', headers)).toMatchObject({ status: 403, text: expect.stringContaining('http.cross_site') })
    expect((await send('GET', '/trpc/connections.watch?input=%7B%22namespace%22%3A%22acme%22%7D', headers)).text).not.toContain('listening')
  })
})

it.each([
  ['Sec-Fetch-Site', { 'sec-fetch-site': 'same-origin' }],
  ['the exact Origin', { origin: 'http://127.0.0.1:3000' }],
  ['another spelling of the laptop', { origin: 'http://localhost:3000' }],
])('a page of ours is known by %s', async (_by, headers) => {
  expect((await send('POST', '/trpc/namespaces.ensure', { ...JSON_BODY, ...headers }, '{"name":"ours"}')).status).toBe(200)
  expect((await send('GET', '/trpc/account.get', headers)).status).toBe(200)
  expect((await send('POST', '/sign-out', { ...JSON_BODY, ...headers }, '{}')).status).toBe(200)
})

it('a mutation is not made by GET', async () => {
  const { status } = await send('GET', '/trpc/namespaces.ensure?input=%7B%22name%22%3A%22theirs%22%7D', { 'sec-fetch-site': 'same-origin' })
  expect(status).toBe(405)
  expect(await namespaces()).not.toContain('theirs')
})

it('the cookie is no credential at the REST and MCP doors', async () => {
  for (const path of ['/namespaces', '/keys', '/acme', '/acme/it', '/connect/acme/it']) {
    expect(await send('GET', path, { accept: 'application/json', 'sec-fetch-site': 'same-origin' })).toMatchObject({ status: 401 })
  }
  for (const path of ['/connect/acme/it/mcp', '/mcp/acme/it', '/acme/it/.tools/echo']) {
    expect(await send('POST', path, { ...JSON_BODY, 'sec-fetch-site': 'same-origin' }, '{"jsonrpc":"2.0","id":1,"method":"ping"}')).toMatchObject({ status: 401 })
  }
})

it('whoever shows a key means the key, and the cookie beside it is not looked at', async () => {
  const { body } = await plugboard.send('GET', '/trpc/namespaces.list', undefined, { cookie: owner.cookie! })
  expect(JSON.stringify(body)).not.toContain('acme')
  expect((await plugboard.send('GET', '/trpc/namespaces.list', undefined, { cookie: owner.cookie!, authorization: 'Bearer garbage' })).status).toBe(401)
})

it('a form without an end is not read', async () => {
  const answer = await postAsHost(`${plugboard.url}/sign-in`, '127.0.0.1', OWNER, { 'sec-fetch-site': 'same-origin', 'transfer-encoding': 'chunked' })
  expect(answer).toMatchObject({ status: 413, text: expect.stringContaining('body.too_large') })
})

describe('the cookie', () => {
  it('is out of reach of scripts and of other sites’ requests; over http it cannot be more', async () => {
    const { headers } = await owner.post('/sign-in', { email: OWNER.email, password: OWNER.password })
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^sid=[0-9A-Za-z]{43}; HttpOnly; Max-Age=2592000; Path=\/; SameSite=Lax$/)])
  })

  it('on https belongs to this host alone and travels encrypted only', async () => {
    const server = await startPlugboard({ pages: accountPages, environment: SERVER })
    try {
      const setupCode = server.services.setUp.code!.code.reveal()
      const { headers, status } = await postAsHost(`${server.url}/welcome`, 'plugboard.test', { ...OWNER, setupCode }, { origin: 'https://plugboard.test' })
      expect(status).toBe(200)
      expect(headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-sid=[0-9A-Za-z]{43}; HttpOnly; Max-Age=2592000; Path=\/; SameSite=Lax; Secure$/)])
      expect(headers).toMatchObject({ 'strict-transport-security': expect.stringContaining('max-age'), 'x-content-type-options': 'nosniff' })
    } finally {
      await server.stop()
    }
  })
})

describe('every page', () => {
  it.each(['/', '/sign-in', '/welcome', '/app', '/app/settings/members', '/invite/x', '/nowhere'])('%s says who may frame it, and what may run in it', async (path) => {
    for (const browser of [owner, openBrowser(plugboard)]) {
      const { headers } = await browser.get(path)
      expect(headers.get('content-security-policy')).toMatch(/script-src 'nonce-[^']+'.*frame-ancestors 'none'/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})
