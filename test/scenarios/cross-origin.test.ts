// Pages of other origins call with a service token where a namespace lists them; with a key or a cookie they get nowhere.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type IssuedKey, type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const APP = 'https://app.example.com'
const OTHER_APP = 'https://other-app.example.com'
const EVIL = 'https://evil.example'

let plugboard: RunningPlugboard
let other: IssuedKey
let token: string
beforeAll(async () => {
  plugboard = await startPlugboard()
  other = await plugboard.createKey()
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/namespaces/others', undefined, bearer(other.key))
  await plugboard.send('PUT', '/namespaces/others/settings', { allowedOrigins: [OTHER_APP] }, bearer(other.key))
  ;({ token } = await mintServiceToken(plugboard))
})
afterAll(() => plugboard.stop())
beforeEach(async () => {
  await plugboard.send('PUT', '/namespaces/shop/settings', { allowedOrigins: [APP, 'https://staging.example.com'] })
})

const PATHS = ['/shop/it', '/connect/shop/it', '/connect/shop/it/mcp', '/mcp/shop/it', '/namespaces/shop', '/trpc/connections.list', '/connect-sessions/x', '/tokens']

/** What a browser asks before it sends what a form could not. */
const ask = (path: string, origin: string, headers: Record<string, string> = {}) =>
  fetch(plugboard.url + path, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,mcp-session-id', ...headers },
  })

const get = (path: string, origin: string, headers: Record<string, string>) => fetch(plugboard.url + path, { headers: { origin, ...headers } })

const leaveOf = ({ headers }: Response) => headers.get('access-control-allow-origin')

it.each(PATHS)('a listed page may call %s, without anything that a browser adds by itself', async (path) => {
  const answer = await ask(path, APP)
  expect(answer.status).toBe(204)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    vary: 'Origin',
    'access-control-allow-origin': APP,
    'access-control-allow-methods': 'GET, POST, PUT, DELETE',
    'access-control-allow-headers': 'authorization,mcp-session-id',
  })
  expect(answer.headers.has('access-control-allow-credentials')).toBe(false)
})

it.each([...PATHS, '/others/it'])('a page that nobody lists may not call %s', async (path) => {
  for (const origin of [EVIL, 'null', `${APP}.evil.example`, 'http://app.example.com']) expect(leaveOf(await ask(path, origin))).toBeNull()
})

it('a page of another organization may not call what names this one’s namespace', async () => {
  expect(leaveOf(await ask('/shop/it', OTHER_APP))).toBeNull()
  expect(leaveOf(await ask('/others/it', OTHER_APP))).toBe(OTHER_APP)
})

it.each(['/shop', '/trpc/namespaces.list', '/connect/shop/it/mcp', '/connect/shop/it/.tools'])('the answer of %s to a token can be read by a listed page alone', async (path) => {
  const seen = await get(path, APP, bearer(token))
  expect(leaveOf(seen)).toBe(APP)
  expect(seen.headers.get('access-control-expose-headers')).toContain('mcp-session-id')
  expect(seen.headers.has('access-control-allow-credentials')).toBe(false)
  for (const origin of [EVIL, OTHER_APP]) {
    const unread = await get(path, origin, bearer(token))
    expect([leaveOf(unread), unread.headers.get('vary')]).toEqual([null, expect.stringMatching(/\bOrigin$/)])
  }
})

it('a listed page reads that its token is over', async () => {
  const over = (await mintServiceToken(plugboard, { ttl: 20 })).token
  plugboard.advance(20_000)
  for (const path of ['/shop', '/trpc/namespaces.list', '/connect/shop/it/mcp']) {
    const answer = await get(path, APP, bearer(over))
    expect([answer.status, leaveOf(answer)]).toEqual([401, APP])
  }
})

it.each(['/shop', '/trpc/namespaces.list', '/connect/shop/it/mcp'])('a key in a page is refused at %s, listed or not, and the page reads nothing', async (path) => {
  for (const origin of [APP, EVIL]) {
    const answer = await get(path, origin, bearer(plugboard.key))
    expect([answer.status, leaveOf(answer)]).toEqual([403, null])
    expect(await answer.text()).toContain('identity.api_key_in_browser')
  }
})

it('a cookie gives a page of another origin nothing to read, listed or not', async () => {
  for (const origin of [APP, EVIL]) {
    const answer = await get('/trpc/account.get', origin, { cookie: 'sid=stolen', 'sec-fetch-site': 'cross-site' })
    expect([answer.status, leaveOf(answer)]).toEqual([expect.toSatisfy((status: number) => status === 401 || status === 403), null])
  }
})

it('pages and health are nobody else’s to read', async () => {
  for (const path of ['/', '/sign-in', '/settings', '/healthz']) expect(leaveOf(await ask(path, APP))).toBeNull()
})

it('an origin that is taken off the list, or whose namespace is deleted, may not call any more', async () => {
  await plugboard.send('PUT', '/namespaces/shop/settings', { allowedOrigins: [] })
  for (const path of PATHS) expect(leaveOf(await ask(path, APP))).toBeNull()
  await plugboard.send('PUT', '/namespaces/brief')
  await plugboard.send('PUT', '/namespaces/brief/settings', { allowedOrigins: ['https://brief.example'] })
  expect(leaveOf(await ask('/brief/it', 'https://brief.example'))).toBe('https://brief.example')
  await plugboard.send('DELETE', '/namespaces/brief')
  for (const path of ['/brief/it', '/trpc/x']) expect(leaveOf(await ask(path, 'https://brief.example'))).toBeNull()
})

it('other settings leave the list as it is', async () => {
  await plugboard.send('PUT', '/namespaces/shop/settings', { defaultReturnUrl: `${APP}/back` })
  expect(leaveOf(await ask('/trpc/x', APP))).toBe(APP)
})
