// A stream outlives the moment in which it was permitted: when its caller may no longer have it, it ends.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGate } from '../support/gate.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let caller: { key: string; id: string }
beforeEach(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream({ sse: true })])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  caller = await plugboard.createKey(plugboard.organizationId)
})
afterEach(() => Promise.all([plugboard.stop(), upstream.stop()]))

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
}
const SLOW = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'slow', arguments: {} } }

function open(method: string, body: unknown, session: string, path = '/connect/shop/it/mcp'): Promise<Response> {
  return fetch(plugboard.url + path, {
    method,
    headers: {
      authorization: `Bearer ${caller.key}`,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'mcp-session-id': session,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

async function ownSession(): Promise<string> {
  const opened = await fetch(`${plugboard.url}/connect/shop/it/mcp`, {
    method: 'POST',
    headers: { authorization: `Bearer ${caller.key}`, accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify(INITIALIZE),
  })
  await opened.text()
  return opened.headers.get('mcp-session-id')!
}

const streams: [string, () => Promise<Response>][] = [
  ['a call on the shared session', () => open('POST', SLOW, 'smithery-stateless')],
  ['a call in a session of its own', async () => open('POST', SLOW, await ownSession())],
  ['a call at the endpoint of the namespace', () => open('POST', { ...SLOW, params: { name: 'it.slow' } }, 'smithery-stateless', '/mcp/shop')],
  ['the GET stream of a session', async () => open('GET', undefined, await ownSession())],
]

const endings: [string, () => Promise<unknown> | void][] = [
  ['its key is revoked', () => plugboard.send('DELETE', `/keys/${caller.id}`)],
  ['the connection is deleted', () => plugboard.send('DELETE', '/shop/it')],
  ['the namespace is deleted', () => plugboard.send('DELETE', '/namespaces/shop')],
  [
    'the connection is replaced by another one of that name',
    async () => {
      await plugboard.send('DELETE', '/shop/it')
      await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
    },
  ],
]

describe.each(streams)('%s', (_what, start) => {
  it.each(endings)('ends when %s', async (_why, revoke) => {
    const from = upstream.requests.length
    const response = await start()
    expect(response.status).toBe(200)
    const carrying = upstream.requests.slice(from).at(-1)!
    expect(plugboard.services.gateway.openStreams.size).toBe(1)
    await revoke()
    await plugboard.services.gateway.openStreams.recheck()
    await response.text().catch(() => undefined)
    expect(await carrying.over).toBe('cut')
    expect(plugboard.services.gateway.openStreams.size).toBe(0)
  })

  it('goes on while nothing has changed', async () => {
    const response = await start()
    await plugboard.services.gateway.openStreams.recheck()
    expect(plugboard.services.gateway.openStreams.size).toBe(1)
    await response.body?.cancel()
  })
})

it('a stream whose answer came is not watched any longer', async () => {
  const gate = createGate()
  upstream.set({ slowBody: gate.opened })
  const response = await open('POST', { ...SLOW, params: { name: 'echo', arguments: { text: 'hi' } } }, 'smithery-stateless')
  expect(plugboard.services.gateway.openStreams.size).toBe(1)
  gate.open()
  expect(await response.text()).toContain('"hi"')
  expect(plugboard.services.gateway.openStreams.size).toBe(0)
})

describe('when the connection gets another credential', () => {
  const replaceCredential = async () => {
    await plugboard.send('PUT', '/shop/it', { headers: { 'x-api-key': 'of another account' } })
    await plugboard.services.gateway.openStreams.recheck()
  }

  it("a session's GET stream ends: its news would be another account's", async () => {
    const response = await open('GET', undefined, await ownSession())
    await replaceCredential()
    await response.text()
    expect(plugboard.services.gateway.openStreams.size).toBe(0)
  })

  it('a call that was sent goes on to its answer', async () => {
    const response = await open('POST', SLOW, 'smithery-stateless')
    await replaceCredential()
    expect(plugboard.services.gateway.openStreams.size).toBe(1)
    await response.body!.cancel()
  })
})
