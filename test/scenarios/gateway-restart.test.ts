// Plugboard is stopped and started in the middle of its callers' sessions: whoever can go on does, with
// the same session at the server, and whoever cannot hears so at once.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { CreateMessageRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CLIENT } from '../support/mcp-clients.ts'
import { postMessage } from '../support/mcp-post.ts'
import { openSession } from '../support/mcp-wire-session.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let dataDir: string
let plugboard: RunningPlugboard
/** Of the first start; they are stored like everything else. */
let key: string
let organizationId: string
let upstreams: { id: string; upstream: RealUpstream }[]

const start = () => startPlugboard({ environment: { DATA_DIR: dataDir } })
async function restart() {
  await plugboard.stop()
  plugboard = await start()
}

const endpoint = (id: string) => new URL(`${plugboard.url}/connect/shop/${id}/mcp`)
const authorization = () => ({ authorization: `Bearer ${key}` })
const request = (method: string, path: string, body?: object) => plugboard.send(method, path, body, authorization())
const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'plugboard-restart-'))
  const [started, http, sse] = await Promise.all([start(), startRealUpstream('everything'), startRealUpstream('everythingOverSse')])
  plugboard = started
  ;({ key, organizationId } = plugboard)
  upstreams = [
    { id: 'http', upstream: http },
    { id: 'sse', upstream: sse },
  ]
  await request('PUT', '/namespaces/shop')
  for (const { id, upstream } of upstreams) await request('PUT', `/connect/shop/${id}`, { mcpUrl: upstream.url.href })
})
afterAll(async () => {
  await plugboard.stop()
  await rm(dataDir, { recursive: true, force: true })
  await Promise.all(upstreams.map(({ upstream }) => upstream.stop()))
})

it('a session over Streamable HTTP goes on where it was, with what the client said when it opened it', async () => {
  const { id } = await openSession({ url: endpoint('http'), key }, { sampling: {} })
  await restart()
  const client = new Client(CLIENT, { capabilities: { sampling: {} } })
  client.setRequestHandler(CreateMessageRequestSchema, () => ({
    model: 'test-model',
    role: 'assistant',
    content: { type: 'text', text: 'hello' },
  }))
  await client.connect(new StreamableHTTPClientTransport(endpoint('http'), { sessionId: id, requestInit: { headers: authorization() } }))
  try {
    // The server shows this tool only to a session whose client can sample.
    const { content } = await client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'say hello' } })
    expect(JSON.stringify(content)).toContain('test-model')
  } finally {
    await client.close()
  }
})

it('a session does not go on for another key', async () => {
  const { id } = await openSession({ url: endpoint('http'), key })
  const another = await plugboard.createKey(organizationId)
  await restart()
  const foreign = await postMessage(endpoint('http'), list, { authorization: `Bearer ${another.key}`, 'mcp-session-id': id })
  expect(foreign).toMatchObject({ status: 404, answer: { id: 1, error: { code: -32001 } } })
  expect(await postMessage(endpoint('http'), list, { ...authorization(), 'mcp-session-id': id })).toMatchObject({ status: 200 })
})

it('a session over HTTP+SSE, whose stream ended with the process, is not found', async () => {
  const { id } = await openSession({ url: endpoint('sse'), key })
  expect(await postMessage(endpoint('sse'), list, { ...authorization(), 'mcp-session-id': id })).toMatchObject({ status: 200 })
  await restart()
  const headers = { ...authorization(), 'mcp-session-id': id }
  expect(await postMessage(endpoint('sse'), list, headers)).toMatchObject({ status: 404, answer: { id: 1, error: { code: -32001 } } })
  expect((await fetch(endpoint('sse'), { headers: { ...headers, accept: 'text/event-stream' } })).status).toBe(404)
  expect((await fetch(endpoint('sse'), { method: 'DELETE', headers })).status).toBe(404)
})

it('pooled callers notice nothing: what the server speaks is remembered, and a new session is opened for them', async () => {
  await restart()
  for (const { id } of upstreams) {
    const { body } = await request('POST', `/connect/shop/${id}/.tools/get-sum`, { a: 2, b: 40 })
    expect(body).toEqual({ content: [{ type: 'text', text: 'The sum of 2 and 40 is 42.' }] })
  }
})
