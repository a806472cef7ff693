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
  callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<object>
  getServerVersion(): unknown
  close(): Promise<void>
}

const clients: { client: string; connect(endpoint: Endpoint): Promise<AnyClient> }[] = [
  { client: 'the SDK 1.x client', connect: (endpoint) => connectClient(endpoint) },
  { client: 'the SDK 2.x client in legacy mode', connect: (endpoint) => connectModernClient(endpoint, 'legacy') },
  { client: 'the SDK 2.x client in auto mode', connect: (endpoint) => connectModernClient(endpoint, 'auto') },
]

const upstreams = [
  { upstream: 'server-everything', id: 'everything', call: { name: 'get-structured-content', arguments: { location: 'New York' } } },
  { upstream: 'server-everything over HTTP+SSE', id: 'everything-sse', call: { name: 'get-sum', arguments: { a: 2, b: 40 } } },
  { upstream: 'a server of 2026-07-28', id: 'stateless', call: { name: 'test_multiple_content_types', arguments: {} } },
]

let plugboard: RunningPlugboard
const running = new Map<string, RealUpstream>()
const through = (id: string): Endpoint => ({ url: new URL(`${plugboard.url}/connect/shop/${id}/mcp`), key: plugboard.key })

beforeAll(async () => {
  const [started, ...servers] = await Promise.all([
    startPlugboard(),
    startRealUpstream('everything'),
    startRealUpstream('everythingOverSse'),
    startStatelessServer(),
  ])
  plugboard = started
  await plugboard.send('PUT', '/namespaces/shop')
  for (const [index, { id }] of upstreams.entries()) {
    running.set(id, servers[index]!)
    await plugboard.send('PUT', `/connect/shop/${id}`, { mcpUrl: servers[index]!.url.href })
  }
})
afterAll(async () => {
  await plugboard.stop()
  await Promise.all([...running.values()].map((upstream) => upstream.stop()))
})

/** The whole of what a client sees, in one value, but for what only one revision has: a result's type and cache hints, a tool's task support. */
async function look(client: AnyClient, call: { name: string; arguments: Record<string, unknown> }) {
  try {
    const { tools } = await client.listTools()
    const result = await client.callTool(call)
    return { server: client.getServerVersion(), tools: tools.map((tool) => ({ ...tool, execution: undefined })), result: { ...result, resultType: undefined } }
  } finally {
    await client.close()
  }
}

describe.each(upstreams)('in front of $upstream', ({ id, call }) => {
  // The 1.x client cannot speak to a 2026-07-28 server, nor the 2.x client to HTTP+SSE by Streamable HTTP: then the other one says what is there.
  const connectDirectly = (connect: (endpoint: Endpoint) => Promise<AnyClient>) => {
    const endpoint = running.get(id)!
    if (endpoint.sse) return connectClient(endpoint)
    return id === 'stateless' ? connectModernClient(endpoint, 'auto') : connect(endpoint)
  }

  it.each(clients)('$client sees the server as if Plugboard were not there', async ({ connect }) => {
    const direct = await look(await connectDirectly(connect), call)
    expect(direct.tools).not.toHaveLength(0)
    expect(await look(await connect(through(id)), call)).toEqual(direct)
  })
})

describe('createConnection of @smithery/api', () => {
  it.each([
    ['without a handshake, on the shared session', false],
    ['with a handshake, on a session of its own', true],
  ])('%s lists and calls what the server has', async (_, handshake) => {
    const { call } = upstreams[0]!
    const direct = await look(await connectClient(running.get('everything')!), call)
    const client = new Smithery({ apiKey: plugboard.key, baseURL: plugboard.url, connectBaseURL: plugboard.url })
    const { transport } = await createConnection({ client, namespace: 'shop', connectionId: 'everything', handshake })
    const mcp = new Client(CLIENT)
    await mcp.connect(transport)
    const seen = await look(mcp, call)
    expect(seen).toEqual({ ...direct, server: handshake ? direct.server : undefined })
  })
})
