// A client that initializes has a session of its own with the server: whatever the two say to each
// other, in either direction, works as if Plugboard were not there.
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import * as types from '@modelcontextprotocol/sdk/types.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectClient, connectModernClient } from '../support/mcp-clients.ts'
import { postMessage } from '../support/mcp-post.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const RESOURCE = 'demo://resource/static/document/features.md'

let plugboard: RunningPlugboard
beforeAll(async () => {
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => plugboard.stop())

const textOf = (result: unknown) => JSON.stringify((result as { content: unknown }).content)

describe.each([
  ['Streamable HTTP', 'everything'],
  ['HTTP+SSE', 'everythingOverSse'],
] as const)('with server-everything over %s', (_, id) => {
  let upstream: RealUpstream
  const connected: Client[] = []

  beforeAll(async () => {
    upstream = await startRealUpstream(id)
    await plugboard.send('PUT', `/connect/shop/${id}`, { mcpUrl: upstream.url.href })
  })
  afterAll(async () => {
    await Promise.all(connected.map((client) => client.close()))
    await upstream.stop()
  })

  async function connect(capabilities: types.ClientCapabilities = {}, prepare?: (client: Client) => void) {
    const endpoint = { url: new URL(`${plugboard.url}/connect/shop/${id}/mcp`), key: plugboard.key }
    const client = await connectClient(endpoint, { capabilities }, prepare)
    connected.push(client)
    return client
  }

  type Notified = typeof types.LoggingMessageNotificationSchema | typeof types.ResourceUpdatedNotificationSchema
  /** The next notification of this kind. */
  const next = (client: Client, schema: Notified) =>
    new Promise((resolve) => client.setNotificationHandler(schema, (notification) => resolve(notification)))

  it("the server asks the caller's model, and goes on with its answer", async () => {
    const client = await connect({ sampling: {} }, (unconnected) =>
      unconnected.setRequestHandler(types.CreateMessageRequestSchema, ({ params }) => ({
        model: 'test-model',
        role: 'assistant',
        content: { type: 'text', text: `heard: ${textOf(params.messages[0])}` },
      })),
    )
    const result = await client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'say hello' } })
    expect(textOf(result)).toContain('test-model')
    expect(textOf(result)).toContain('say hello')
  })

  it('the server asks the caller, and goes on with the answer', async () => {
    const client = await connect({ elicitation: { form: {} } }, (unconnected) =>
      unconnected.setRequestHandler(types.ElicitRequestSchema, () => ({ action: 'accept', content: { name: 'Ada Lovelace' } })),
    )
    expect(textOf(await client.callTool({ name: 'trigger-elicitation-request', arguments: {} }))).toContain('Ada Lovelace')
  })

  it("the server learns the caller's roots", async () => {
    const client = await connect({ roots: {} }, (unconnected) =>
      unconnected.setRequestHandler(types.ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///home/ada', name: 'home' }] })),
    )
    expect(textOf(await client.callTool({ name: 'get-roots-list', arguments: {} }))).toContain('file:///home/ada')
  })

  it('progress arrives in order, before the result', async () => {
    const client = await connect()
    const seen: (number | undefined)[] = []
    const operation = { name: 'trigger-long-running-operation', arguments: { duration: 0.03, steps: 3 } }
    await client.callTool(operation, undefined, { onprogress: ({ progress }) => seen.push(progress) })
    expect(seen).toEqual([1, 2, 3])
  })

  it('log messages arrive from the level that was asked for', async () => {
    const client = await connect()
    await client.setLoggingLevel('debug')
    const logged = next(client, types.LoggingMessageNotificationSchema)
    await client.callTool({ name: 'toggle-simulated-logging', arguments: {} })
    expect(await logged).toMatchObject({ params: { data: expect.stringMatching(/message/) } })
  })

  it('a subscriber hears that its resource changed', async () => {
    const client = await connect()
    await client.subscribeResource({ uri: RESOURCE })
    const updated = next(client, types.ResourceUpdatedNotificationSchema)
    await client.callTool({ name: 'toggle-subscriber-updates', arguments: {} })
    expect(await updated).toMatchObject({ params: { uri: RESOURCE } })
  })

  it("prompts, resources and completions are the server's own", async () => {
    const look = async (client: Client) => ({
      prompts: await client.listPrompts(),
      prompt: await client.getPrompt({ name: 'args-prompt', arguments: { city: 'London', state: 'UK' } }),
      templates: await client.listResourceTemplates(),
      resources: await client.listResources(),
      resource: await client.readResource({ uri: RESOURCE }),
      completion: await client.complete({
        ref: { type: 'ref/prompt', name: 'completable-prompt' },
        argument: { name: 'department', value: 'S' },
      }),
    })
    const direct = await connectClient(upstream)
    connected.push(direct)
    const seen = await look(await connect())
    expect(seen).toEqual(await look(direct))
    expect(seen.completion.completion.values).toEqual(['Sales', 'Support'])
  })

  it('ends with the session: the server forgets it, and the caller hears that it is over', async () => {
    const client = await connect()
    const transport = client.transport as StreamableHTTPClientTransport
    await client.ping()
    const headers = { authorization: `Bearer ${plugboard.key}`, 'mcp-session-id': transport.sessionId! }
    await transport.terminateSession()
    const late = await postMessage(`${plugboard.url}/connect/shop/${id}/mcp`, { jsonrpc: '2.0', id: 1, method: 'ping' }, headers)
    expect(late).toMatchObject({ status: 404, answer: { id: 1, error: { code: -32001 } } })
  })
})

it('a form that a server shows in mid-call is filled in by the caller', async () => {
  const upstream = await startRealUpstream('elicitationExample')
  await plugboard.send('PUT', '/connect/shop/forms', { mcpUrl: upstream.url.href })
  const endpoint = { url: new URL(`${plugboard.url}/connect/shop/forms/mcp`), key: plugboard.key }
  const content = { username: 'ada', email: 'ada@example.com', password: 'correct horse' }
  const client = await connectClient(endpoint, { capabilities: { elicitation: { form: {} } } }, (unconnected) =>
    unconnected.setRequestHandler(types.ElicitRequestSchema, () => ({ action: 'accept', content })),
  )
  try {
    expect(textOf(await client.callTool({ name: 'register_user', arguments: {} }))).toContain('Registration successful')
  } finally {
    await client.close()
    await upstream.stop()
  }
})

it('the 2.x client is asked for a sample and for input through its own session, too', async () => {
  const upstream = await startRealUpstream('everything')
  await plugboard.send('PUT', '/connect/shop/modern', { mcpUrl: upstream.url.href })
  const endpoint = { url: new URL(`${plugboard.url}/connect/shop/modern/mcp`), key: plugboard.key }
  const client = await connectModernClient(
    endpoint,
    'legacy',
    { capabilities: { sampling: {}, elicitation: { form: {} } } },
    (unconnected) => {
      unconnected.setRequestHandler('sampling/createMessage', () => ({
        model: 'test-model',
        role: 'assistant',
        content: { type: 'text', text: 'hello' },
      }))
      unconnected.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { name: 'Ada Lovelace' } }))
    },
  )
  try {
    expect(textOf(await client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'say hello' } }))).toContain('test-model')
    expect(textOf(await client.callTool({ name: 'trigger-elicitation-request', arguments: {} }))).toContain('Ada Lovelace')
  } finally {
    await client.close()
    await upstream.stop()
  }
})
