// Words that come when nobody can take them any more: they fall to the floor, and nothing else does.
import { connect } from 'node:net'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createGate } from '../support/gate.ts'
import { type HandDrivenSseServer, startHandDrivenSseServer } from '../support/hand-driven-sse-server.ts'
import { openSession, type WireSession } from '../support/mcp-wire-session.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: HandDrivenSseServer
beforeEach(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startHandDrivenSseServer()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
})
afterEach(() => Promise.all([plugboard.stop(), upstream.stop()]))

const session = (): Promise<WireSession> => openSession({ url: new URL(`${plugboard.url}/connect/shop/it/mcp`), key: plugboard.key })
const call = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'x', arguments: {}, _meta: { progressToken: 'mine' } } }
const progress = { method: 'notifications/progress', params: { progressToken: 'mine', progress: 1 } }
const result = { id: 7, result: { content: [] } }
const ping = { jsonrpc: '2.0', id: 'ping', method: 'ping' }

it('a server that reports progress on a call after its answer harms nobody', async () => {
  const own = await session()
  upstream.onMessage = (message, stream) => (message.method === 'ping' ? stream.say({ id: message.id, result: {} }) : stream.say(result, progress, progress, result))
  expect(await (await own.post(call)).text()).toContain('"content":[]')
  expect((await own.post(ping)).status).toBe(200)
})

it('a server that goes on about a call whose caller lost the right to it harms nobody', async () => {
  const caller = await plugboard.createKey(plugboard.organizationId)
  const own = await openSession({ url: new URL(`${plugboard.url}/connect/shop/it/mcp`), key: caller.key })
  upstream.onMessage = () => {}
  const answer = await own.post(call)
  await plugboard.send('DELETE', `/keys/${caller.id}`)
  const rechecked = plugboard.services.gateway.openStreams.recheck()
  upstream.streams.at(-1)!.say(progress, result)
  await rechecked
  await upstream.streams.at(-1)!.closed
  await answer.text()
  expect(plugboard.services.gateway.openStreams.size).toBe(0)
})

it('a server that talks without end to a caller who does not listen is not kept in memory', async () => {
  const own = await session()
  const news = (kilobytes: number) => ({ method: 'notifications/message', params: { level: 'info', data: 'x'.repeat(kilobytes * 1024) } })
  for (let sent = 0; sent < 5; sent++) upstream.streams.at(-1)!.say(news(3000))
  // What was said before comes first, on one stream: this is the end of it.
  expect((await own.post(ping)).status).toBe(200)
  const stream = await own.get()
  await own.end()
  expect((await stream.text()).length).toBeLessThan(8 * 1024 * 1024 + 1000)
})

it('a stream that was opened for a caller who has left is given back', async () => {
  const gate = createGate()
  upstream.beforeEndpoint = gate.opened
  const before = upstream.streams.length
  const { port } = new URL(plugboard.url)
  const socket = connect(Number(port), '127.0.0.1')
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } } })
  socket.write(
    `POST /connect/shop/it/mcp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${plugboard.key}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  while (upstream.streams.length === before) await fetch(`${plugboard.url}/healthz`)
  socket.destroy()
  await once(socket, 'close')
  // By the time it has answered these, it has seen the other socket close.
  for (let asked = 0; asked < 3; asked++) await (await fetch(`${plugboard.url}/healthz`)).text()
  gate.open()
  await upstream.streams[before]!.closed
  expect(plugboard.services.gateway.openStreams.size).toBe(0)
})
