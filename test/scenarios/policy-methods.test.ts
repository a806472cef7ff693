// Every method of MCP, under every limit that looks at calls, on every way through the gateway: the same ones pass everywhere,
// and nothing of the others reaches a server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isKnownMethod } from '../../server/policy/mcp-methods.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { postMessage } from '../support/mcp-post.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const LIFECYCLE = ['initialize', 'notifications/initialized', 'ping', 'server/discover', 'notifications/cancelled', 'notifications/progress']
const LISTS = ['tools/list', 'resources/list', 'resources/templates/list', 'prompts/list']
const COUNTED = [
  'tools/call',
  'resources/read',
  'resources/subscribe',
  'resources/unsubscribe',
  'prompts/get',
  'completion/complete',
  'logging/setLevel',
  'subscriptions/listen',
  'tasks/get',
  'tasks/result',
  'tasks/list',
  'tasks/cancel',
  'tasks/update',
  'notifications/roots/list_changed',
  'notifications/tasks/status',
]
const KNOWN = [...LIFECYCLE, ...LISTS, ...COUNTED]
const UNKNOWN = ['made/up', 'Tools/call', 'tools/call ', '__proto__', 'constructor', '']

const TOOLS = ['tools/list', 'tools/call']
const LIMITS: [limit: string, policy: object[], passing: readonly string[], headers?: Record<string, string>][] = [
  ['tools', [{ tools: 'echo' }], TOOLS],
  ['other tools', [{ tools: 'fail' }], ['tools/list']],
  ['readOnly', [{ readOnly: true }], TOOLS],
  ['arguments', [{ arguments: { echo: { properties: { text: { const: 'hi' } } } } }], TOOLS],
  ['arguments that are others', [{ arguments: { echo: { properties: { text: { const: 'ho' } } } } }], ['tools/list']],
  ['rpcReqMatch below params', [{ rpcReqMatch: { 'params.name': 'echo' } }], ['tools/call']],
  ['rpcReqMatch of the method', [{ rpcReqMatch: { method: 'tools/list|resources/.*' } }], ['tools/list', ...KNOWN.filter((method) => method.startsWith('resources/'))]],
  ['methods', [{ methods: ['resources/read', 'prompts/get'] }], ['resources/read', 'prompts/get']],
  ['methods and tools', [{ methods: ['tools/call', 'prompts/list'], tools: 'echo' }], ['tools/call', 'prompts/list']],
  ['several grants', [{ methods: 'tools/list' }, { tools: 'none' }, { rpcReqMatch: { method: 'prompts/.*' } }], ['tools/list', 'prompts/list', 'prompts/get']],
  ['calls', [{ calls: 100_000 }], KNOWN],
  ['origins, from there', [{ origins: 'https://app.example', tools: 'echo' }], TOOLS, { origin: 'https://app.example' }],
]

let plugboard: RunningPlugboard
let upstreams: Record<'sessions' | 'stateless', FixtureUpstream>
beforeAll(async () => {
  const [running, sessions, stateless] = await Promise.all([startPlugboard(), startFixtureUpstream(), startFixtureUpstream({ era: 'stateless' })])
  plugboard = running
  upstreams = { sessions, stateless }
  await plugboard.send('PUT', '/namespaces/shop')
  for (const [connectionId, { url }] of Object.entries(upstreams)) {
    await plugboard.send('PUT', `/shop/${connectionId}`, { mcpUrl: url })
    await plugboard.send('POST', `/shop/${connectionId}/.check`)
  }
})
afterAll(() => Promise.all([plugboard.stop(), upstreams.sessions.stop(), upstreams.stateless.stop()]))

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'c', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
}

interface Way {
  connectionId: keyof typeof upstreams
  revision: '2025-11-25' | '2026-07-28'
  /** Opens a session of its own first. */
  isOwn?: true
  /** What is let through is sent as it is, whether anybody knows it or not. */
  isTransparent?: true
}

const WAYS: [what: string, way: Way][] = [
  ['on the shared session', { connectionId: 'sessions', revision: '2025-11-25' }],
  ['in a session of its own', { connectionId: 'sessions', revision: '2025-11-25', isOwn: true, isTransparent: true }],
  ['of 2026-07-28, to a server with sessions', { connectionId: 'sessions', revision: '2026-07-28' }],
  ['of 2026-07-28, to a server of it', { connectionId: 'stateless', revision: '2026-07-28', isTransparent: true }],
  ['with sessions, to a server of 2026-07-28', { connectionId: 'stateless', revision: '2025-11-25' }],
]

function messageOf(method: string, { revision }: Way): object {
  const meta = revision === '2026-07-28' ? { _meta: META } : {}
  const own: Record<string, object> = {
    initialize: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
    'tools/call': { name: 'echo', arguments: { text: 'hi' } },
    'resources/read': { uri: 'x://y' },
    'prompts/get': { name: 'echo' },
    'notifications/cancelled': { requestId: 'none' },
  }
  return { jsonrpc: '2.0', ...(!method.startsWith('notifications/') && { id: 1 }), method, params: { ...own[method], ...meta } }
}

/** Sends each method; answers which of them were not refused, and which the server heard of. */
async function passing(token: string, way: Way, headers: Record<string, string> = {}): Promise<{ passed: string[]; heard: string[] }> {
  const url = `${plugboard.url}/connect/shop/${way.connectionId}/mcp`
  const { requests } = upstreams[way.connectionId]
  const credential = { ...bearer(token), ...headers }
  const opened = way.isOwn && (await postMessage(url, messageOf('initialize', way), credential)).headers.get('mcp-session-id')
  const passed: string[] = []
  const heard: string[] = []
  for (const method of [...KNOWN, ...UNKNOWN]) {
    const before = requests.length
    const { status, answer } = await postMessage(url, messageOf(method, way), {
      ...credential,
      ...(opened && { 'mcp-session-id': opened }),
      ...(way.revision === '2026-07-28' && { 'mcp-protocol-version': way.revision, 'mcp-method': method.trim(), 'mcp-name': nameFor(method) }),
    })
    const { code, plugboard: ours } = (answer?.error?.data ?? {}) as { plugboard?: { code: string }; code?: string }
    const isRefused = status === 403 && (ours?.code ?? code ?? '').startsWith('policy.')
    if (!isRefused) passed.push(method)
    if (requests.slice(before).some(({ message }) => message?.method === method)) heard.push(method)
  }
  return { passed, heard }
}

const nameFor = (method: string): string => (method === 'resources/read' ? 'x://y' : 'echo')

it('what this table calls known is, and nothing else', () => {
  expect(KNOWN.filter((method) => !isKnownMethod(method))).toEqual([])
  expect(UNKNOWN.filter(isKnownMethod)).toEqual([])
})

describe.each(WAYS)('%s', (_what, way) => {
  it.each(LIMITS)('a token limited by %s sends what it may', async (_limit, policy, allowed, headers) => {
    const { token } = await mintServiceToken(plugboard, { policy })
    const { passed, heard } = await passing(token, way, headers)
    const expected = KNOWN.filter((method) => LIFECYCLE.includes(method) || allowed.includes(method))
    expect(passed).toEqual(expected)
    // What several callers share has answers of its own.
    expect(heard).toEqual(way.isTransparent ? expected : heard.filter((method) => expected.includes(method)))
  })

  it('one whose calls are used up still connects and lists', async () => {
    const { token } = await mintServiceToken(plugboard, { policy: [{ calls: 1 }] })
    await postMessage(`${plugboard.url}/connect/shop/sessions/mcp`, messageOf('tools/call', WAYS[0]![1]), bearer(token))
    const { passed, heard } = await passing(token, way)
    expect(passed).toEqual([...LIFECYCLE, ...LISTS])
    expect(heard.filter((method) => !passed.includes(method))).toEqual([])
  })

  it.each([
    ['for another page', [{ origins: 'https://other.example' }], { origin: 'https://app.example' }],
    ['for a page, from none', [{ origins: 'https://app.example' }], {}],
    ['for reading', [{ operations: 'read' }], {}],
  ] as [string, object[], Record<string, string>][])('one %s sends nothing', async (_whose, policy, headers) => {
    const { token } = await mintServiceToken(plugboard, { policy })
    expect(await passing(token, { ...way, isOwn: undefined } as Way, headers)).toEqual({ passed: [], heard: [] })
  })
})
