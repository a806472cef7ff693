// Streamable HTTP lets a server end a stream in mid-call and be asked for the rest (Last-Event-ID).
// A pooled caller has no session to do that with: Plugboard does it, and the caller gets one answer.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { postMessage } from '../support/mcp-post.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: RealUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startRealUpstream('pollingExample')])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/connect/shop/wiki', { mcpUrl: upstream.url.href })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

// The example server takes its time: three seconds of work, and two before it wants to be asked again.
it('a stream that the server ends early is taken up again, at every door', async () => {
  const result = { content: [{ type: 'text', text: 'Long task completed successfully!' }] }
  const message = { jsonrpc: '2.0', id: 'mine', method: 'tools/call', params: { name: 'long-task', arguments: {} } }
  const headers = { authorization: `Bearer ${plugboard.key}`, 'mcp-session-id': 'smithery-stateless' }
  const [pooled, rest] = await Promise.all([
    postMessage(`${plugboard.url}/connect/shop/wiki/mcp`, message, headers),
    plugboard.send('POST', '/connect/shop/wiki/.tools/long-task', {}),
  ])
  expect(pooled.messages).toEqual([{ jsonrpc: '2.0', id: 'mine', result }])
  expect(rest).toMatchObject({ status: 200, body: result })
})
