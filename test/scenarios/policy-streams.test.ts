// A token's streams: they end with what permitted them, show only what it may see, and it answers only what its limits name.
import { CreateMessageRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { connectClient } from '../support/mcp-clients.ts'
import { openSession, readEvents } from '../support/mcp-wire-session.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { bearer, mintServiceToken, revokeServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream({ sse: true })])
  await plugboard.send('PUT', '/namespaces/shop')
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const mint = async (...policy: object[]) => (await mintServiceToken(plugboard, { policy, ttl: '1h' })).token
const endpoint = (id: string, key: string) => ({ url: new URL(`${plugboard.url}/connect/shop/${id}/mcp`), key })

describe.each<[string, object]>([
  ['that is for one user', { metadata: { userId: '1' } }],
  ['that limits calls, too', { metadata: { userId: '1' }, tools: ['slow', 'echo'] }],
])('a stream of a token %s', (_what, limit) => {
  beforeEach(async () => {
    await plugboard.send('DELETE', '/shop/it')
    await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url, metadata: { userId: '1' } })
  })

  const slow = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'slow', arguments: {} } }
  it.each<[string, (token: string) => Promise<unknown> | void]>([
    ['it is revoked', (token) => revokeServiceToken(plugboard, { token })],
    ['its time is over', () => plugboard.advance(3_600_000)],
    ['the connection is moved out of its reach', () => plugboard.send('PUT', '/shop/it', { metadata: { userId: '2' } })],
    ['the connection is deleted', () => plugboard.send('DELETE', '/shop/it')],
  ])('ends when %s', async (_why, end) => {
    const token = await mint(limit)
    const session = await openSession(endpoint('it', token))
    const streams = [await session.get(), await session.post(slow), await session.post(slow, { 'mcp-session-id': 'smithery-stateless' })]
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200])
    const { openStreams } = plugboard.services.gateway
    await openStreams.recheck()
    expect(openStreams.size).toBe(3)
    await end(token)
    await openStreams.recheck()
    await Promise.all(streams.map((stream) => stream.text().catch(() => undefined)))
    expect(openStreams.size).toBe(0)
  })

  it('of changes tells its own connections alone, those that go included', async () => {
    const token = await mint(limit)
    await plugboard.send('PUT', '/shop/other', { mcpUrl: upstream.url, metadata: { userId: '2' } })
    const watching = await fetch(`${plugboard.url}/trpc/connections.watch?input=${encodeURIComponent('{"namespace":"shop"}')}`, {
      headers: { accept: 'text/event-stream', ...bearer(token) },
    })
    await plugboard.send('PUT', '/shop/other', { headers: { a: '1' } })
    await plugboard.send('DELETE', '/shop/other')
    await plugboard.send('DELETE', '/shop/it')
    const heard = JSON.stringify(await readEvents(watching, ({ message }) => JSON.stringify(message ?? '').includes('"deleted"')))
    expect(heard).toContain('it')
    expect(heard).not.toContain('other')
  })
})

describe.each([
  ['Streamable HTTP', 'everything'],
  ['HTTP+SSE', 'everythingOverSse'],
] as const)('what a server over %s asks', (_transport, id) => {
  let real: RealUpstream
  beforeAll(async () => {
    real = await startRealUpstream(id)
    await plugboard.send('PUT', `/shop/${id}`, { mcpUrl: real.url.href })
  })
  afterAll(() => real.stop())

  it('is answered by who may answer it', async () => {
    const token = await mint({ methods: ['tools/call', 'sampling/createMessage'], tools: 'trigger-*' })
    const client = await connectClient(endpoint(id, token), { capabilities: { sampling: {} } }, (unconnected) =>
      unconnected.setRequestHandler(CreateMessageRequestSchema, () => ({ model: 'test-model', role: 'assistant', content: { type: 'text', text: 'hello' } })),
    )
    const result = await client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'say hello' } })
    expect(JSON.stringify(result)).toContain('test-model')
    await client.close()
  })

  it('is not answered by anybody else, nor twice, nor by another session', async () => {
    const capabilities = { sampling: {} }
    const ask = { jsonrpc: '2.0', id: 5, method: 'tools/call', params: { name: 'trigger-sampling-request', arguments: { prompt: 'hi' }, _meta: { progressToken: 1 } } }
    const may = await mint({ methods: ['tools/call', 'sampling/createMessage'] })
    const session = await openSession(endpoint(id, may), capabilities)
    const [listening, calling] = await Promise.all([session.get(), session.post(ask)])
    const isQuestion = ({ message }: { message: { method?: string } | undefined }) => message?.method === 'sampling/createMessage'
    const [question] = (await Promise.any([readEvents(listening, isQuestion), readEvents(calling, isQuestion)])).slice(-1)
    const answer = { jsonrpc: '2.0', id: question!.message!.id, result: { model: 'm', role: 'assistant', content: { type: 'text', text: 'x' } } }
    const stranger = await openSession(endpoint(id, may), capabilities)
    expect((await stranger.post(answer)).status).toBe(403)
    expect((await session.post({ ...answer, id: 'never asked' })).status).toBe(403)
    expect((await session.post(answer)).status).toBe(202)
    expect((await session.post(answer)).status).toBe(403)
    await Promise.all([session.end(), stranger.end()])
  })

  it('is listed as far as it may be called', async () => {
    const client = await connectClient(endpoint(id, await mint({ tools: ['echo', 'get-s*'] })))
    const direct = await connectClient({ url: real.url, sse: id === 'everythingOverSse' })
    const all = (await direct.listTools()).tools
    expect((await client.listTools()).tools).toEqual(all.filter(({ name }) => name === 'echo' || name.startsWith('get-s')))
    expect((await client.callTool({ name: 'echo', arguments: { message: 'hi' } })).content).toEqual((await direct.callTool({ name: 'echo', arguments: { message: 'hi' } })).content)
    await expect(client.callTool({ name: 'get-env', arguments: {} })).rejects.toThrow(/not for this call/)
    await Promise.all([client.close(), direct.close()])
  })
})
