// Many callers share one upstream session, and all of them count their requests from 1. Each gets its own
// answer and its own progress, and not a byte of anybody else's, whatever order the upstream answers in.
import { afterEach, expect, it } from 'vitest'
import { type CrossingUpstream, startCrossingUpstream } from '../support/crossing-upstream.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const CALLERS = 200
let plugboard: RunningPlugboard
let upstream: CrossingUpstream | FixtureUpstream
afterEach(() => Promise.all([plugboard.stop(), upstream.stop()]))

const textOf = (caller: number) => `only for caller ${caller} of ${CALLERS}.`

async function call(key: string, caller: number): Promise<{ type: string | null; body: string }> {
  const response = await fetch(`${plugboard.url}/connect/shop/it/mcp`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'echo', arguments: { text: textOf(caller) }, _meta: { progressToken: 1 } },
    }),
  })
  return { type: response.headers.get('content-type'), body: await response.text() }
}

const messagesOf = ({ type, body }: { type: string | null; body: string }): unknown[] =>
  type?.startsWith('text/event-stream')
    ? body.split('\n').flatMap((line) => (line.startsWith('data: ') ? [JSON.parse(line.slice(6)) as unknown] : []))
    : [JSON.parse(body)]

it.each([true, false])('200 callers that all use id 1 and progress token 1 get what is theirs (event streams: %s)', async (sse) => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startCrossingUpstream({ sse, together: CALLERS })])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: String(upstream.url) })
  const keys = [plugboard.key, (await plugboard.createKey(plugboard.organizationId)).key]
  const answers = await Promise.all(Array.from({ length: CALLERS }, (_, caller) => call(keys[caller % 2]!, caller)))
  answers.forEach((answer, caller) => {
    const own = { jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: textOf(caller) }] } }
    const progress = {
      jsonrpc: '2.0',
      method: 'notifications/progress',
      params: { progressToken: 1, progress: 1, message: textOf(caller) },
    }
    expect(messagesOf(answer)).toEqual(sse ? [progress, own] : [own])
  })
  expect((upstream as CrossingUpstream).sessions()).toBe(1)
})

it.each([
  ['in one piece', 20],
  ['larger than a read', 300_000],
])('a JSON answer to somebody else, %s, is not shown to the caller it was sent to', async (_size, length) => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream({ answerIds: 'foreign' })])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  const text = 'not yours '.repeat(length / 10)
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', arguments: { text } } }
  const answer = await plugboard.send('POST', '/connect/shop/it/mcp', body)
  expect(answer).toMatchObject({ status: 502, body: { id: 1, error: { data: { code: 'upstream.invalid_response', side: 'upstream' } } } })
  expect(JSON.stringify(answer.body)).not.toContain('not yours')
})
