// The clients that people use, unmodified: through Plugboard they list and call what they list and call directly.
import Smithery from '@smithery/api'
import { createConnection } from '@smithery/api/mcp'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLIENT, connectClient, connectModernClient, type Endpoint } from '../support/mcp-clients.ts'
import { startStatelessServer } from '../support/mcp-stateless-server.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

/** What both SDKs' clients offer, and these tests use. */
interface AnyClient {
  listTools(): Promise<{ tools: { name: string }[] }>
  callTool(call: ToolCall): Promise<object>
  getServerVersion(): unknown
  close(): Promise<void>
}

const clients: { client: string; connect(endpoint: Endpoint): Promise<AnyClient> }[] = [
  { client: 'the SDK 1.x client', connect: (endpoint) => connectClient(endpoint) },
  { client: 'the SDK 2.x client in legacy mode', connect: (endpoint) => connectModernClient(endpoint, 'legacy') },
  { client: 'the SDK 2.x client in auto mode', connect: (endpoint) => connectModernClient(endpoint, 'auto') },
]

interface ToolCall {
  name: string
  arguments: Record<string, unknown>
}

const STATELESS = 'a server of 2026-07-28'
const upstreams: { upstream: string; id: string; start(): Promise<RealUpstream>; call?: ToolCall }[] = [
  {
    upstream: 'server-everything',
    id: 'everything',
    start: () => startRealUpstream('everything'),
    call: { name: 'get-structured-content', arguments: { location: 'New York' } },
  },
  {
    upstream: 'server-everything over HTTP+SSE',
    id: 'sse',
    start: () => startRealUpstream('everythingOverSse'),
    call: { name: 'get-sum', arguments: { a: 2, b: 40 } },
  },
  {
    upstream: 'a server that answers with JSON',
    id: 'json',
    start: () => startRealUpstream('jsonExample'),
    call: { name: 'greet', arguments: { name: 'Ada' } },
  },
  {
    upstream: 'a server without session ids',
    id: 'idless',
    start: () => startRealUpstream('statelessExample'),
    call: { name: 'start-notification-stream', arguments: { interval: 1, count: 2 } },
  },
  // Its tools need a browser: the list is enough.
  { upstream: 'the Playwright server', id: 'playwright', start: () => startRealUpstream('playwright') },
  { upstream: STATELESS, id: 'stateless', start: startStatelessServer, call: { name: 'test_multiple_content_types', arguments: {} } },
]

let plugboard: RunningPlugboard
beforeAll(async () => {
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => plugboard.stop())

const connectUpstream = (id: string, { url }: RealUpstream) => plugboard.send('PUT', `/connect/shop/${id}`, { mcpUrl: url.href })

/** The whole of what a client sees, but for what only one revision has: a result's type and cache hints, a tool's task support. */
async function look(client: AnyClient, call: ToolCall | undefined) {
  try {
    const { tools } = await client.listTools()
    const result = call && { ...(await client.callTool(call)), resultType: undefined }
    return { server: client.getServerVersion(), tools: tools.map((tool) => ({ ...tool, execution: undefined })), result }
  } finally {
    await client.close()
  }
}

describe.each(upstreams)('in front of $upstream', ({ upstream: name, id, start, call }) => {
  let upstream: RealUpstream
  beforeAll(async () => {
    upstream = await start()
    await connectUpstream(id, upstream)
  })
  afterAll(() => upstream.stop())

  // Not every client can speak to every server by itself; through Plugboard it can.
  const connectDirectly = (connect: (endpoint: Endpoint) => Promise<AnyClient>) => {
    if (upstream.sse) return connectClient(upstream)
    return name === STATELESS ? connectModernClient(upstream, 'auto') : connect(upstream)
  }

  it.each(clients)('$client sees the server as if Plugboard were not there', async ({ connect }) => {
    const direct = await look(await connectDirectly(connect), call)
    expect(direct.tools).not.toHaveLength(0)
    const through = await connect({ url: new URL(`${plugboard.url}/connect/shop/${id}/mcp`), key: plugboard.key })
    expect(await look(through, call)).toEqual(direct)
  })
})

describe('createConnection of @smithery/api', () => {
  let upstream: RealUpstream
  beforeAll(async () => {
    upstream = await startRealUpstream('everything')
    await connectUpstream('smithery', upstream)
  })
  afterAll(() => upstream.stop())

  it.each([
    ['without a handshake, on the shared session', false],
    ['with a handshake, on a session of its own', true],
  ])('%s lists and calls what the server has', async (_, handshake) => {
    const call = { name: 'get-sum', arguments: { a: 2, b: 40 } }
    const direct = await look(await connectClient(upstream), call)
    const client = new Smithery({ apiKey: plugboard.key, baseURL: plugboard.url, connectBaseURL: plugboard.url })
    const { transport } = await createConnection({ client, namespace: 'shop', connectionId: 'smithery', handshake })
    const mcp = new Client(CLIENT)
    await mcp.connect(transport)
    expect(await look(mcp, call)).toEqual({ ...direct, server: handshake ? direct.server : undefined })
  })
})
