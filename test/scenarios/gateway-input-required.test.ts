// A server of 2026-07-28 that must ask something in mid-call, and streams of its changes: a client of
// that revision gets both through Plugboard; a caller of an older one hears why it cannot, at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startJsonServer } from '../support/json-server.ts'
import { connectClient, connectModernClient, type Endpoint } from '../support/mcp-clients.ts'
import { postMessage } from '../support/mcp-post.ts'
import { statelessRequest } from '../support/mcp-raw-session.ts'
import { type StatelessServer, startStatelessServer } from '../support/mcp-stateless-server.ts'
import { readEvents } from '../support/mcp-wire-session.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const ASKING = 'test_input_required_result_elicitation'

let plugboard: RunningPlugboard
let upstream: StatelessServer
let endpoint: Endpoint
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startStatelessServer()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/connect/shop/wiki', { mcpUrl: upstream.url.href })
  endpoint = { url: new URL(`${plugboard.url}/connect/shop/wiki/mcp`), key: plugboard.key }
})
afterAll(async () => {
  await plugboard.stop()
  await upstream.stop()
})

describe('a tool that needs input', () => {
  const refusal = { message: expect.stringContaining('2026-07-28') }

  it('gets it from a client of that revision, in as many rounds as it takes', async () => {
    const client = await connectModernClient(endpoint, 'auto', { capabilities: { elicitation: { form: {} } } }, (unconnected) =>
      unconnected.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { name: 'Ada' } })),
    )
    try {
      expect(client.getProtocolEra()).toBe('modern')
      expect(await client.callTool({ name: ASKING, arguments: {} })).toMatchObject({ content: [{ text: 'Hello, Ada!' }] })
    } finally {
      await client.close()
    }
  })

  it('is refused to a pooled caller with an error that names the revision', async () => {
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: ASKING, arguments: {} } }
    const headers = { authorization: `Bearer ${plugboard.key}`, 'mcp-session-id': 'smithery-stateless' }
    const { answer } = await postMessage(endpoint.url, message, headers)
    expect(answer).toMatchObject({ id: 1, error: { ...refusal, data: { code: 'upstream.needs_client', side: 'upstream' } } })
  })

  it('is refused to an older client with the same error, even if it could be asked', async () => {
    const client = await connectClient(endpoint, { capabilities: { elicitation: { form: {} } } })
    try {
      await expect(client.callTool({ name: ASKING, arguments: {} })).rejects.toMatchObject(refusal)
    } finally {
      await client.close()
    }
  })

  it('is refused at the REST and tRPC doors with the same words', async () => {
    const rest = await plugboard.send('POST', `/connect/shop/wiki/.tools/${ASKING}`, {})
    expect(rest).toMatchObject({ status: 502, body: { code: 'upstream.needs_client', ...refusal } })
    const trpc = await plugboard.send('POST', '/trpc/tools.invoke', {
      namespace: 'shop',
      connectionId: 'wiki',
      tool: ASKING,
      arguments: {},
    })
    expect(trpc).toMatchObject({ status: 502, body: { error: refusal } })
  })
})

it('a server that asks without looking whether it may is refused, too, and does not leave the caller waiting', async () => {
  const identity = { 'io.modelcontextprotocol/serverInfo': { name: 'pushy', version: '1.0.0' } }
  const discovered = {
    resultType: 'complete',
    supportedVersions: ['2026-07-28'],
    capabilities: { tools: {} },
    ttlMs: 0,
    cacheScope: 'private',
    _meta: identity,
  }
  const question = {
    resultType: 'input_required',
    inputRequests: { name: { method: 'elicitation/create', params: { message: 'Who?' } } },
    requestState: 's',
  }
  const pushy = await startJsonServer((_path, response) => {
    const isCall = response.req.headers['mcp-method'] === 'tools/call'
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ jsonrpc: '2.0', ...(isCall ? { id: 'mine', result: question } : { id: 0, result: discovered }) }))
  })
  try {
    await plugboard.send('PUT', '/connect/shop/pushy', { mcpUrl: new URL('/mcp', pushy.url).href })
    const message = { jsonrpc: '2.0', id: 'mine', method: 'tools/call', params: { name: 'ask', arguments: {} } }
    const { answer } = await postMessage(`${plugboard.url}/connect/shop/pushy/mcp`, message, { authorization: `Bearer ${plugboard.key}` })
    expect(answer).toMatchObject({
      id: 'mine',
      error: { message: expect.stringContaining('2026-07-28'), data: { code: 'upstream.needs_client' } },
    })
  } finally {
    await pushy.stop()
  }
})

describe('a subscription of that revision', () => {
  it("streams the server's changes until the caller leaves", async () => {
    const filter = { notifications: { toolsListChanged: true } }
    const { message, headers } = statelessRequest('feed', 'subscriptions/listen', filter)
    const stream = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${plugboard.key}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body: JSON.stringify(message),
    })
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    const events = await readEvents(stream, (event) => {
      if (event.message?.method === 'notifications/subscriptions/acknowledged') upstream.notify.toolsChanged()
      return event.message?.method === 'notifications/tools/list_changed'
    })
    expect(events).toHaveLength(2)
  })
})
