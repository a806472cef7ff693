// Plugboard is stopped and started in the middle of its callers' sessions: whoever can go on does, with
// the same session at the server, and whoever cannot hears so at once.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { CreateMessageRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CLIENT } from '../support/mcp-clients.ts'
import { postMessage } from '../support/mcp-post.ts'
import { openSession } from '../support/mcp-wire-session.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { type RestartablePlugboard, startRestartablePlugboard } from '../support/restartable-plugboard.ts'

let plugboard: RestartablePlugboard
let upstreams: { id: string; upstream: RealUpstream }[]
const authorization = () => ({ authorization: `Bearer ${plugboard.key}` })
const endpoint = (id: string) => new URL(`${plugboard.url()}/connect/shop/${id}/mcp`)

async function request(method: string, path: string, body?: object, key = plugboard.key) {
  const response = await fetch(`${plugboard.url()}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  expect(response.status).toBeLessThan(300)
  return (await response.json()) as Record<string, unknown>
}

beforeAll(async () => {
  const [started, http, sse] = await Promise.all([startRestartablePlugboard(), startRealUpstream('everything'), startRealUpstream('everythingOverSse')])
  plugboard = started
  upstreams = [
    { id: 'http', upstream: http },
    { id: 'sse', upstream: sse },
  ]
  await request('PUT', '/namespaces/shop')
  for (const { id, upstream } of upstreams) await request('PUT', `/connect/shop/${id}`, { mcpUrl: upstream.url.href })
})
afterAll(async () => {
  await plugboard.stop()
  await Promise.all(upstreams.map(({ upstream }) => upstream.stop()))
})

it('a session over Streamable HTTP goes on where it was, with what the client said when it opened it', async () => {
  const { id } = await openSession({ url: endpoint('http'), key: plugboard.key }, { sampling: {} })
  await plugboard.restart()
  const client = new Client(CLIENT, { capabilities: { sampling: {} } })
  client.setRequestHandler(CreateMessageRequestSchema, () => ({ model: 'test-model', role: 'assistant', content: { type: 'text', text: 'hello' } }))
  await client.connect(new StreamableHTTPClientTransport(endpoint('http'), { sessionId: id, requestInit: { headers: authorization() } }))
  try {
    // The server shows this tool only to a session whose client can sample.
    const { content } = await client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'say hello' } })
    expect(JSON.stringify(content)).toContain('test-model')
  } finally {
    await client.close()
  }
})

it('it does not go on for another key', async () => {
  const { id } = await openSession({ url: endpoint('http'), key: plugboard.key })
  const { key } = await request('POST', '/keys', { name: 'another' })
  await plugboard.restart()
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }
  const foreign = await postMessage(endpoint('http'), list, { authorization: `Bearer ${String(key)}`, 'mcp-session-id': id })
  expect(foreign).toMatchObject({ status: 404, answer: { id: 1, error: { code: -32001 } } })
  expect(await postMessage(endpoint('http'), list, { ...authorization(), 'mcp-session-id': id })).toMatchObject({ status: 200 })
})

it('a session over HTTP+SSE, whose stream ended with the process, is not found', async () => {
  const { id } = await openSession({ url: endpoint('sse'), key: plugboard.key })
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }
  expect(await postMessage(endpoint('sse'), list, { ...authorization(), 'mcp-session-id': id })).toMatchObject({ status: 200 })
  await plugboard.restart()
  const headers = { ...authorization(), 'mcp-session-id': id }
  expect(await postMessage(endpoint('sse'), list, headers)).toMatchObject({ status: 404, answer: { id: 1, error: { code: -32001 } } })
  expect((await fetch(endpoint('sse'), { headers: { ...headers, accept: 'text/event-stream' } })).status).toBe(404)
  expect((await fetch(endpoint('sse'), { method: 'DELETE', headers })).status).toBe(404)
})

it('pooled callers notice nothing: what the server speaks is remembered, and a new session is opened for them', async () => {
  await plugboard.restart()
  for (const { id } of upstreams) {
    const result = await request('POST', `/connect/shop/${id}/.tools/get-sum`, { a: 2, b: 40 })
    expect(result).toEqual({ content: [{ type: 'text', text: 'The sum of 2 and 40 is 42.' }] })
  }
})
