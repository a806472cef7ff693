// The fixture is only worth comparing with if real clients of both SDK lines get its answers directly.
import { Client as ClientV2, StreamableHTTPClientTransport as TransportV2 } from '@modelcontextprotocol/client'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startConformanceServer, type ConformanceServer } from '../fixtures/conformance-server/start-conformance-server.ts'

/** What both kinds of client are asked to do here; progress numbers are collected on the way. */
interface Caller {
  listTools(): Promise<{ name: string; inputSchema: unknown }[]>
  callTool(name: string, args?: Record<string, unknown>, onProgress?: (progress: number) => void): Promise<Record<string, unknown>>
  readResource(uri: string): Promise<unknown>
  getPrompt(name: string, args: Record<string, string>): Promise<unknown>
  logged: unknown[]
  close(): Promise<void>
}

const clientInfo = { name: 'fixture-test', version: '1.0.0' }
const capabilities = { sampling: {}, elicitation: {}, roots: {} }
const sampled = { role: 'assistant' as const, model: 'm', content: { type: 'text' as const, text: 'forty-two' } }
const filledIn = { action: 'accept' as const, content: { name: 'Ada', username: 'ada', email: 'ada@example.com' } }
const clientRoots = { roots: [{ uri: 'file:///home/ada', name: 'home' }] }

async function connectV1(url: string): Promise<Caller> {
  const logged: unknown[] = []
  const client = new ClientV1(clientInfo, { capabilities })
  client.setRequestHandler(CreateMessageRequestSchema, () => sampled)
  client.setRequestHandler(ElicitRequestSchema, () => filledIn)
  client.setRequestHandler(ListRootsRequestSchema, () => clientRoots)
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void logged.push(params.data))
  await client.connect(new TransportV1(new URL(url)))
  return {
    listTools: async () => (await client.listTools()).tools,
    callTool: (name, args = {}, onProgress) =>
      client.callTool({ name, arguments: args }, undefined, onProgress && { onprogress: ({ progress }) => onProgress(progress) }),
    readResource: (uri) => client.readResource({ uri }),
    getPrompt: (name, args) => client.getPrompt({ name, arguments: args }),
    logged,
    close: () => client.close(),
  }
}

async function connectV2(url: string, mode: 'legacy' | 'auto'): Promise<Caller> {
  const logged: unknown[] = []
  const client = new ClientV2(clientInfo, { capabilities, versionNegotiation: { mode } })
  client.setRequestHandler('sampling/createMessage', () => sampled)
  client.setRequestHandler('elicitation/create', () => filledIn)
  client.setRequestHandler('roots/list', () => clientRoots)
  client.setNotificationHandler('notifications/message', ({ params }) => void logged.push(params.data))
  await client.connect(new TransportV2(new URL(url)))
  expect(client.getProtocolEra()).toBe(mode === 'auto' ? 'modern' : 'legacy')
  return {
    listTools: async () => (await client.listTools()).tools,
    callTool: (name, args = {}, onProgress) =>
      client.callTool({ name, arguments: args }, onProgress && { onprogress: ({ progress }) => onProgress(progress) }),
    readResource: (uri) => client.readResource({ uri }),
    getPrompt: (name, args) => client.getPrompt({ name, arguments: args }),
    logged,
    close: () => client.close(),
  }
}

describe.each([
  { era: 'session', by: 'the SDK v1 client', connect: connectV1 },
  { era: 'session', by: 'the SDK v2 client', connect: (url: string) => connectV2(url, 'legacy') },
  { era: 'stateless', by: 'the SDK v2 client', connect: (url: string) => connectV2(url, 'auto') },
])('the conformance fixture, called in the $era era by $by', ({ era, connect }) => {
  let server: ConformanceServer
  let caller: Caller

  beforeAll(async () => {
    server = await startConformanceServer()
    caller = await connect(server.url)
  })

  afterAll(async () => {
    await caller.close()
    await server.close()
  })

  it('lists its tools with the JSON Schema 2020-12 keywords that were written', async () => {
    const tools = await caller.listTools()
    const schema = tools.find((tool) => tool.name === 'json_schema_2020_12_tool')?.inputSchema
    expect(schema).toMatchObject({ $defs: { address: { $anchor: 'addressDef' } }, if: {}, else: {}, additionalProperties: false })
    expect(new Set(tools.map((tool) => tool.name)).size).toBe(tools.length)
  })

  it('answers with the content that the scenarios name', async () => {
    const kinds = async (name: string) => JSON.stringify(await caller.callTool(name))
    expect(await kinds('test_simple_text')).toContain('This is a simple text response for testing.')
    expect(await kinds('test_image_content')).toContain('image/png')
    expect(await kinds('test_audio_content')).toContain('audio/wav')
    expect(await kinds('test_embedded_resource')).toContain('test://embedded-resource')
    expect(await kinds('test_multiple_content_types')).toContain('test://mixed-content-resource')
    expect(await caller.callTool('test_error_handling')).toMatchObject({ isError: true })
  })

  it('reports progress in order, and logs to a session', async () => {
    const seen: number[] = []
    await caller.callTool('test_tool_with_progress', {}, (progress) => seen.push(progress))
    expect(seen).toEqual([0, 50, 100])
    await caller.callTool('test_tool_with_logging')
    const messages = ['Tool execution started', 'Tool processing data', 'Tool execution completed']
    expect(caller.logged).toEqual(era === 'session' ? messages : [])
  })

  it('answers a call whose response stream it closed itself', async () => {
    expect(JSON.stringify(await caller.callTool('test_reconnection'))).toContain('waited for the client')
  })

  it("asks the client's model, person and roots, and uses the answers", async () => {
    const answer = async (name: string, args?: Record<string, unknown>) => JSON.stringify(await caller.callTool(name, args))
    expect(await answer('test_sampling', { prompt: 'How many?' })).toContain('LLM response: forty-two')
    expect(await answer('test_elicitation', { message: 'Who?' })).toContain('ada@example.com')
    expect(await answer('test_elicitation_sep1034_defaults')).toContain('action=accept')
    expect(await answer('test_elicitation_sep1330_enums')).toContain('action=accept')
    expect(await answer('test_input_required_result_list_roots')).toContain('file:///home/ada')
    expect(await answer('test_input_required_result_multiple_inputs')).toContain('Ada: ')
  })

  it('serves its resources and prompts', async () => {
    expect(await caller.readResource('test://template/7/data')).toMatchObject({ contents: [{ uri: 'test://template/7/data' }] })
    const prompt = await caller.getPrompt('test_prompt_with_arguments', { arg1: 'hello', arg2: 'world' })
    expect(JSON.stringify(prompt)).toContain("arg1='hello', arg2='world'")
  })
})

describe('the conformance fixture', () => {
  it('refuses a foreign Origin and ends a session for good when the client deletes it', async () => {
    const server = await startConformanceServer()
    const initialize = {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo },
    }
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
    const post = (extra: Record<string, string>, body: unknown) =>
      fetch(server.url, { method: 'POST', headers: { ...headers, ...extra }, body: JSON.stringify(body) })

    expect((await post({ origin: 'https://evil.example' }, initialize)).status).toBe(403)

    const started = await post({}, initialize)
    await started.text()
    const session = { 'mcp-session-id': started.headers.get('mcp-session-id') ?? '' }
    expect((await fetch(server.url, { method: 'DELETE', headers: session })).ok).toBe(true)
    expect((await post(session, { jsonrpc: '2.0', id: 2, method: 'ping' })).status).toBe(404)
    await server.close()
  })
})
