// In which form an answer reaches a caller, and which answers do not.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { startJsonServer } from '../support/json-server.ts'
import { postMessage } from '../support/mcp-post.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream({ sse: true })])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const post = (message: object, headers: Record<string, string>, id = 'it') =>
  postMessage(`${plugboard.url}/connect/shop/${id}/mcp`, message, { authorization: `Bearer ${plugboard.key}`, ...headers })
const progress = {
  jsonrpc: '2.0',
  id: 'é',
  method: 'tools/call',
  params: { name: 'progress', arguments: { steps: 3 }, _meta: { progressToken: 'mine' } },
}

it.each(['application/json', 'application/json;q=0.9', 'Application/*'])('a caller that takes %s only gets the answer alone', async (accept) => {
  const { status, headers, messages } = await post(progress, { accept })
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
  expect(messages).toMatchObject([{ id: 'é', result: { content: [{ type: 'text' }] } }])
})

it.each(['application/json, text/event-stream', '*/*', 'text/event-stream', 'application/json, text/*'])(
  'a caller that takes %s gets progress and then the answer',
  async (accept) => {
    const { headers, messages } = await post(progress, { accept })
    expect(headers.get('content-type')).toBe('text/event-stream')
    expect(messages.map(({ method }) => method)).toEqual([...Array<string>(3).fill('notifications/progress'), undefined])
  },
)

it('a session id that could not come back to us is refused when it is given', async () => {
  const give = { length: 2048 }
  const server = await startJsonServer((_path, response) => {
    const result = { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 'long', version: '1' } }
    response.writeHead(200, { 'content-type': 'application/json', 'mcp-session-id': 's'.repeat(give.length) })
    response.end(JSON.stringify({ jsonrpc: '2.0', id: 0, result }))
  })
  try {
    await plugboard.send('PUT', '/shop/long', { mcpUrl: server.url })
    const initialize = { jsonrpc: '2.0', id: 0, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } } }
    const opened = await post(initialize, {}, 'long')
    expect(opened.status).toBe(200)
    expect(opened.headers.get('mcp-session-id')!.length).toBeLessThan(4096)
    give.length++
    const refused = await post(initialize, {}, 'long')
    expect(refused).toMatchObject({ status: 502, answer: { error: { data: { code: 'upstream.invalid_response' } } } })
    expect(refused.headers.get('mcp-session-id')).toBeNull()
  } finally {
    await server.stop()
  }
})
