// Whatever was opened at one Plugboard ends soon after its credential was ended at another on the same database: streams of MCP,
// subscriptions, watched calls and long polls alike.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { accountPages } from '../support/account-pages.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer, mintAsMember, mintServiceToken, openMember, revokeServiceToken } from '../support/service-tokens.ts'
import { type SharedDatabase, startSharedDatabase } from '../support/shared-database.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { openOwnerOf, type TestBrowser } from '../support/test-browser.ts'

let database: SharedDatabase
let upstream: FixtureUpstream
/** Where credentials are ended, and where they are used. */
let left: RunningPlugboard
let right: RunningPlugboard
let owner: TestBrowser
let connectSessionId: string

beforeAll(async () => {
  database = await startSharedDatabase()
  const { environment } = database
  left = await startPlugboard({ environment, pages: accountPages })
  ;[right, upstream] = await Promise.all([startPlugboard({ environment }), startFixtureUpstream({ sse: true })])
  await left.send('PUT', '/namespaces/shop')
  await left.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  connectSessionId = (await left.send<{ connectSessionId: string }>('POST', '/connect-sessions', { namespace: 'shop', mcpUrl: upstream.url })).body.connectSessionId
  owner = await openOwnerOf(left, left.organizationId)
})
afterAll(async () => {
  await Promise.all([left, right, upstream].map((each) => each?.stop()))
  await database?.close()
})

// Subscriptions and polls ask again every five seconds.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const ROUNDS = 8

type Opened = { ended: Promise<string> }

const ask = (credential: string, path: string, { body, accept = 'text/event-stream', headers }: { body?: object; accept?: string; headers?: Record<string, string> } = {}): Promise<Response> =>
  fetch(right.url + path, {
    headers: { ...bearer(credential), accept, ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })

/** Once something came of it, which says that it was permitted. */
async function openStream(answer: Promise<Response>): Promise<Opened> {
  const response = await answer
  if (response.status !== 200) throw new Error(`not opened: ${response.status} ${await response.text()}`)
  return { ended: response.text().then(() => 'ended', () => 'ended') }
}

/** Once it waits: for its time, and for the next look. */
async function openPoll(credential: string, path: string): Promise<Opened> {
  const timers = vi.getTimerCount()
  const ended = ask(credential, path, { accept: 'application/json' }).then(({ status }) => String(status))
  while (vi.getTimerCount() < timers + 2) await right.send('GET', '/healthz')
  return { ended }
}

const slow = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'slow', arguments: {} } }
const both = 'application/json, text/event-stream'
const place = { namespace: 'shop', connectionId: 'it' }

const KINDS: Record<string, (credential: string) => Promise<Opened>> = {
  'a call on the shared session': (credential) => openStream(ask(credential, '/connect/shop/it/mcp', { body: slow, accept: both })),
  'a call at the endpoint of the namespace': (credential) => openStream(ask(credential, '/mcp/shop', { body: { ...slow, params: { name: 'it.slow' } }, accept: both })),
  'news of the namespace': (credential) => openStream(ask(credential, '/mcp/shop')),
  'a subscription': (credential) => openStream(ask(credential, `/trpc/connections.watch?input=${encodeURIComponent('{"namespace":"shop"}')}`)),
  'a watched call': (credential) => openStream(ask(credential, '/trpc/tools.stream?batch=1', { body: { 0: { ...place, tool: 'slow', arguments: {} } }, headers: { 'trpc-accept': 'application/jsonl' } })),
  'a poll for a connection': (credential) => openPoll(credential, '/shop/it?wait=59&until=auth_required'),
  'a poll for a connect session': (credential) => openPoll(credential, `/connect-sessions/${connectSessionId}?wait=59`),
}

/** How each of them ended, once it did. */
async function openAll(credential: string): Promise<Record<string, string>> {
  const over: Record<string, string> = {}
  for (const [kind, open] of Object.entries(KINDS)) void (await open(credential)).ended.then((how) => (over[kind] = how))
  return over
}

/** At the Plugboard where they are open. */
async function passFiveSeconds(): Promise<void> {
  await right.tick()
  await vi.advanceTimersByTimeAsync(5000)
  await right.send('GET', '/healthz')
}

async function passUntilAllEnded(over: Record<string, string>): Promise<void> {
  for (let round = 0; round < ROUNDS && Object.keys(over).length < Object.keys(KINDS).length; round++) await passFiveSeconds()
}

it.each<[string, () => Promise<{ credential: string; end: () => Promise<unknown> }>]>([
  [
    'a token',
    async () => {
      const { token } = await mintServiceToken(left)
      return { credential: token, end: () => revokeServiceToken(left, { token }) }
    },
  ],
  [
    'what a token was narrowed from',
    async () => {
      const { token } = await mintServiceToken(left)
      return { credential: (await mintServiceToken(left, {}, token)).token, end: () => revokeServiceToken(left, { token }) }
    },
  ],
  [
    'the key that minted a token',
    async () => {
      const { key, id } = await left.createKey(left.organizationId)
      return { credential: (await mintServiceToken(left, {}, key)).token, end: () => left.send('DELETE', `/keys/${id}`) }
    },
  ],
  [
    'the member who minted a token',
    async () => {
      const { browser, id } = await openMember(left, owner, { email: 'gone@example.com' })
      return { credential: await mintAsMember(browser), end: () => owner.mutate('members.remove', { id }) }
    },
  ],
  [
    'an API key',
    async () => {
      const { key, id } = await left.createKey(left.organizationId)
      return { credential: key, end: () => left.send('DELETE', `/keys/${id}`) }
    },
  ],
])('with %s everything that it opened elsewhere ends', async (_what, prepare) => {
  const { credential, end } = await prepare()
  const over = await openAll(credential)
  await end()
  for (const each of [left, right]) each.advance(5000)
  await passUntilAllEnded(over)
  expect(over).toEqual({ ...Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, 'ended'])), 'a poll for a connection': '401', 'a poll for a connect session': '401' })
})

it('what nobody ended goes on', async () => {
  const { token } = await mintServiceToken(left)
  const over = await openAll(token)
  for (let round = 0; round < 3; round++) {
    for (const each of [left, right]) each.advance(5000)
    await passFiveSeconds()
  }
  expect(over).toEqual({})
  await revokeServiceToken(right, { token }, left.key)
  await passUntilAllEnded(over)
})
