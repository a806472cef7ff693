// Servers of the first revision (HTTP+SSE) answer on one long stream: callers share it, or hold one each,
// and notice nothing of it but its end.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IDLE_SESSION_MS } from '../../server/mcp/upstream-pool.ts'
import { postMessage } from '../support/mcp-post.ts'
import { openSession } from '../support/mcp-wire-session.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: RealUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startRealUpstream('everythingOverSse')])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/connect/shop/wiki', { mcpUrl: upstream.url.href })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const endpoint = (id = 'wiki') => ({ url: new URL(`${plugboard.url}/connect/shop/${id}/mcp`), key: plugboard.key })
const post = (message: object, headers: Record<string, string> = {}) =>
  postMessage(endpoint().url, message, { authorization: `Bearer ${plugboard.key}`, ...headers })
const operation = (steps: number, duration = 0.03) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'trigger-long-running-operation', arguments: { steps, duration }, _meta: { progressToken: 'mine' } },
})
const ping = { jsonrpc: '2.0', id: 'ping', method: 'ping' }

describe('callers who share the stream', () => {
  it('get their own progress and their own answer, though all use the same id and token', async () => {
    const asked = [1, 2, 3, 4]
    const answers = await Promise.all(asked.map((steps) => post(operation(steps))))
    for (const [index, steps] of asked.entries()) {
      const progress = Array.from({ length: steps }, (_, step) => ({
        method: 'notifications/progress',
        params: { progressToken: 'mine', progress: step + 1, total: steps },
      }))
      expect(answers[index]!.messages).toMatchObject([
        ...progress,
        { id: 1, result: { content: [{ text: expect.stringContaining(`Steps: ${steps}.`) }] } },
      ])
    }
  })
})

describe("a session of one's own", () => {
  it('ends when nobody used it for a while', async () => {
    const session = await openSession(endpoint())
    plugboard.advance(IDLE_SESSION_MS - 1)
    await plugboard.services.gateway.openStreams.recheck()
    expect((await session.post(ping)).status).toBe(200)
    plugboard.advance(IDLE_SESSION_MS + 1)
    await plugboard.services.gateway.openStreams.recheck()
    expect((await session.post(ping)).status).toBe(404)
  })

  it('does not end while its caller listens', async () => {
    const session = await openSession(endpoint())
    const stream = await session.get()
    plugboard.advance(IDLE_SESSION_MS + 1)
    await plugboard.services.gateway.openStreams.recheck()
    expect((await session.post(ping)).status).toBe(200)
    await stream.body!.cancel()
  })

  it('is over when the server goes away, and an open call hears so', async () => {
    const mortal = await startRealUpstream('everythingOverSse')
    await plugboard.send('PUT', '/connect/shop/mortal', { mcpUrl: mortal.url.href })
    const session = await openSession(endpoint('mortal'))
    const answer = await session.post(operation(1, 60))
    await mortal.stop()
    expect(await answer.text()).toContain('upstream.connection_lost')
    expect((await session.post(ping)).status).toBe(404)
  })
})
