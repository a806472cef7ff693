// MCP servers as they come from npm: whichever door a caller takes, the result is the server's own.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRawSession, openRawStateless, type RawSession } from '../support/mcp-raw-session.ts'
import { startStatelessServer } from '../support/mcp-stateless-server.ts'
import { type RealUpstream, type RealUpstreamName, startRealUpstream } from '../support/real-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'
import { postMessage } from '../support/mcp-post.ts'

interface Case {
  what: string
  start(): Promise<RealUpstream>
  openDirectly(endpoint: RealUpstream): Promise<RawSession>
  /** Playwright's tools need a browser: its list is enough. */
  call: { tool: string; input: Record<string, unknown> } | undefined
}

const fromNpm = (name: RealUpstreamName, what: string, call: Case['call']): Case => ({
  what,
  start: () => startRealUpstream(name),
  openDirectly: openRawSession,
  call,
})
const notifications = { tool: 'start-notification-stream', input: { interval: 1, count: 2 } }

const cases: Case[] = [
  fromNpm('everything', 'server-everything over Streamable HTTP', { tool: 'get-structured-content', input: { location: 'Chicago' } }),
  fromNpm('everythingOverSse', 'server-everything over HTTP+SSE', { tool: 'get-sum', input: { a: 2, b: 40 } }),
  fromNpm('playwright', 'the Playwright server', undefined),
  fromNpm('statelessExample', 'a server without session ids', notifications),
  fromNpm('jsonExample', 'a server that answers with JSON', { tool: 'greet', input: { name: 'Ada' } }),
  // Nobody can be asked through a shared session: the server says what it says to a client that cannot elicit.
  fromNpm('elicitationExample', 'a server that wants to ask the caller', { tool: 'register_user', input: {} }),
  fromNpm('sseExample', 'a server of the first revision', notifications),
  {
    what: 'a server of 2026-07-28',
    start: startStatelessServer,
    openDirectly: openRawStateless,
    call: { tool: 'test_multiple_content_types', input: {} },
  },
]

let plugboard: RunningPlugboard
beforeAll(async () => {
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => plugboard.stop())

async function askPooled(connectionId: string, method: string, params: Record<string, unknown>) {
  const url = `${plugboard.url}/connect/shop/${connectionId}/mcp`
  const headers = { authorization: `Bearer ${plugboard.key}`, 'mcp-session-id': 'smithery-stateless' }
  const { answer } = await postMessage(url, { jsonrpc: '2.0', id: 'mine', method, params }, headers)
  expect(answer?.id).toBe('mine')
  return answer?.result
}

describe.each(cases.map((each, index) => ({ ...each, id: `server-${index}` })))('$what', ({ id, start, openDirectly, call }) => {
  let upstream: RealUpstream
  let direct: RawSession
  let connected: Record<string, unknown>
  beforeAll(async () => {
    upstream = await start()
    direct = await openDirectly(upstream)
    connected = (await plugboard.send('PUT', `/connect/shop/${id}`, { mcpUrl: upstream.url.href })).body
  })
  afterAll(async () => {
    await direct.close()
    await upstream.stop()
  })

  it('connects, and is introduced by its own words', () => {
    const introduced = direct.introduction as { serverInfo?: object; _meta?: Record<string, object> }
    const serverInfo = introduced.serverInfo ?? introduced._meta?.['io.modelcontextprotocol/serverInfo']
    expect(connected).toMatchObject({ status: { state: 'connected' }, serverInfo })
  })

  it('shows the same tools at every door', async () => {
    const { tools } = await direct.ask('tools/list', {})
    expect(tools).not.toHaveLength(0)
    expect((await plugboard.send('GET', `/connect/shop/${id}/.tools`)).body).toEqual({ tools })
    const input = encodeURIComponent(JSON.stringify({ namespace: 'shop', connectionId: id }))
    expect((await plugboard.send('GET', `/trpc/tools.list?input=${input}`)).body).toEqual({ result: { data: { tools } } })
    expect((await askPooled(id, 'tools/list', {}))?.tools).toEqual(tools)
  })

  it.each(call ? [call] : [])('answers a call of $tool with the same result at every door', async ({ tool, input }) => {
    const result = await direct.ask('tools/call', { name: tool, arguments: input })
    expect((await plugboard.send('POST', `/connect/shop/${id}/.tools/${tool}`, input)).body).toEqual(result)
    const invoked = await plugboard.send('POST', '/trpc/tools.invoke', { namespace: 'shop', connectionId: id, tool, arguments: input })
    expect(invoked.body).toEqual({ result: { data: result } })
    expect(await askPooled(id, 'tools/call', { name: tool, arguments: input })).toEqual(result)
  })
})
