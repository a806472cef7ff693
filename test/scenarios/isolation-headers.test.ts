// What reaches an upstream of a caller's request: the message. Who the caller is stays here, and the stored
// headers arrive exactly as they were stored.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { request } from 'undici'
import { type FixtureUpstream, type RecordedRequest, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
const STORED = {
  'X-API-Key': 'k3y',
  Authorization: 'Basic c3RvcmVk',
  Cookie: 'theme=dark',
  'x-Odd_CASE': 'Ünïcode is Latin-1',
  'X-Empty': '',
}

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: `${upstream.url.href}?team=red&team=blue&flag`, headers: STORED })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const callers = () => ({
  authorization: `Bearer ${plugboard.key}`,
  cookie: 'session=callers',
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-host': 'callers.example',
  'x-forwarded-proto': 'https',
  'x-real-ip': '203.0.113.7',
  forwarded: 'for=203.0.113.7',
  referer: 'http://localhost/callers',
  'user-agent': 'callers-agent',
  'proxy-authorization': 'Basic callers',
  'x-custom': 'callers',
  'x-api-key': 'callers',
  te: 'trailers',
})
const CALL = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', arguments: { text: 'hi' } } }
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
}
const STATELESS = {
  ...CALL,
  params: {
    ...CALL.params,
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'c', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
}

async function send(path: string, body: unknown, more: Record<string, string> = {}) {
  const answer = await request(plugboard.url + path, {
    method: 'POST',
    headers: {
      ...callers(),
      origin: 'http://localhost:5173',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...more,
    },
    body: JSON.stringify(body),
  })
  await answer.body.text()
  return answer
}

const pairsOf = ({ rawHeaders }: RecordedRequest) =>
  rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1]!] as const] : []))

const ways: [string, () => Promise<unknown>][] = [
  ['REST', () => send('/shop/it/.tools/echo', { text: 'hi' })],
  ['tRPC', () => send('/trpc/tools.invoke', { namespace: 'shop', connectionId: 'it', tool: 'echo', arguments: {} })],
  ['the shared session', () => send('/connect/shop/it/mcp', CALL, { 'mcp-session-id': 'smithery-stateless' })],
  [
    'a stateless client',
    () => send('/connect/shop/it/mcp', STATELESS, { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'echo' }),
  ],
  [
    'a session of its own',
    async () => {
      const opened = await send('/connect/shop/it/mcp', INITIALIZE)
      await send('/connect/shop/it/mcp', CALL, {
        'mcp-session-id': String(opened.headers['mcp-session-id']),
        'mcp-protocol-version': '2025-11-25',
      })
    },
  ],
  ['a check', () => send('/shop/it/.check', {})],
]

it.each(ways)('through %s nothing of the caller reaches the upstream, and what is stored does, to the letter', async (_way, run) => {
  const before = upstream.requests.length
  await run()
  const received = upstream.requests.slice(before)
  expect(received.length).toBeGreaterThan(0)
  for (const each of received) {
    const pairs = pairsOf(each)
    expect(JSON.stringify(pairs)).not.toMatch(new RegExp(`callers|203\\.0\\.113|localhost:5173|smithery-stateless|${plugboard.key}`))
    for (const [name, value] of Object.entries(STORED))
      expect(pairs.filter(([each]) => each.toLowerCase() === name.toLowerCase())).toEqual([[name, value]])
    expect(each.url).toBe('/mcp?team=red&team=blue&flag')
    const others = pairs
      .map(([name]) => name.toLowerCase())
      .filter((name) => !Object.keys(STORED).some((stored) => stored.toLowerCase() === name))
    const known = [
      'host',
      'connection',
      'via',
      'content-type',
      'content-length',
      'accept',
      'mcp-session-id',
      'mcp-protocol-version',
      'mcp-method',
      'mcp-name',
    ]
    expect(others.filter((name) => !known.includes(name))).toEqual([])
  }
})
