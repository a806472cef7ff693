// A caller with a session of its own loses its stream, and takes it up where it broke off.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ConformanceServer, startConformanceServer } from '../fixtures/conformance-server/start-conformance-server.ts'
import { connectClient, type Endpoint } from '../support/mcp-clients.ts'
import { openSession, readEvents } from '../support/mcp-wire-session.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: ConformanceServer
let endpoint: Endpoint
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startConformanceServer()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/connect/shop/wiki', { mcpUrl: upstream.url.replace('localhost', '127.0.0.1') })
  endpoint = { url: new URL(`${plugboard.url}/connect/shop/wiki/mcp`), key: plugboard.key }
})
afterAll(async () => {
  await plugboard.stop()
  await upstream.close()
})

const call = (id: string, name: string) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: {} } })

it("the events' ids are the server's, and what follows one of them is sent again for Last-Event-ID", async () => {
  const session = await openSession(endpoint)
  const first = await readEvents(await session.post(call('mine', 'test_tool_with_logging')), ({ message }) => message?.id === 'mine')
  expect(first.length).toBeGreaterThan(1)
  expect(first.every(({ id }) => id !== undefined)).toBe(true)

  const again = await readEvents(await session.get({ 'last-event-id': first[0]!.id! }), ({ message }) => message?.id === 'mine')
  expect(again).toEqual(first.slice(1))
})

it('a caller that left in mid-call comes back for the answer', async () => {
  const session = await openSession(endpoint)
  const [primer] = await readEvents(await session.post(call('mine', 'test_tool_with_logging')), () => true)
  const isAnswer = ({ message }: { message?: { id?: unknown } }) => message?.id === 'mine'
  let rest: Awaited<ReturnType<typeof readEvents>> | undefined
  // Until the server has noticed on one socket that its caller left, it holds the stream and ends a second one on another socket at once.
  for (let attempt = 0; !rest && attempt < 100; attempt++) {
    rest = await readEvents(await session.get({ 'last-event-id': primer!.id! }), isAnswer).catch(() => undefined)
  }
  expect(rest?.at(-1)?.message?.result).toEqual({ content: [{ type: 'text', text: 'Three log messages were sent.' }] })
})

it('a client whose stream the server ends in mid-call takes it up by itself, and never notices', async () => {
  const client = await connectClient(endpoint)
  try {
    const { content } = await client.callTool({ name: 'test_reconnection', arguments: {} })
    expect(content).toEqual([{ type: 'text', text: 'This answer waited for the client to reconnect.' }])
  } finally {
    await client.close()
  }
})
