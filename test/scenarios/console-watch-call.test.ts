// A tool call that is watched while it runs, with the unmodified tRPC client over HTTP.
import { createTRPCClient, httpBatchStreamLink } from '@trpc/client'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { AppRouter } from '../../server/api/router.ts'
import type { RecentCallView } from '../../server/history/recent-call-view.ts'
import type { ToolCallEvent } from '../../server/tools/tool-call-event.ts'
import { createGate } from '../support/gate.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { startRealUpstream } from '../support/real-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeEach(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream({ sse: true })])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url, headers: { 'x-key': 'a stored secret' } })
})
afterEach(() => Promise.all([plugboard.stop(), upstream.stop()]))

const it1 = { namespace: 'shop', connectionId: 'it' }
const client = (key = plugboard.key) =>
  createTRPCClient<AppRouter>({ links: [httpBatchStreamLink({ url: `${plugboard.url}/trpc`, headers: { authorization: `Bearer ${key}` } })] })

async function watch(tool: string, given: Record<string, unknown> = {}, connectionId = 'it'): Promise<ToolCallEvent[]> {
  const events: ToolCallEvent[] = []
  for await (const event of await client().tools.stream.mutate({ ...it1, connectionId, tool, arguments: given })) events.push(event)
  return events
}

/** The events until the failure, and the failure. */
async function watchToFailure(tool: string, given: Record<string, unknown> = {}) {
  const events: ToolCallEvent[] = []
  try {
    for await (const event of await client().tools.stream.mutate({ ...it1, tool, arguments: given })) events.push(event)
  } catch (error) {
    return { events, failure: (error as { data: { plugboard: { code: string; details?: unknown } } }).data.plugboard }
  }
  throw new Error('the call did not fail')
}

async function lastCall(): Promise<Pick<RecentCallView, 'tool' | 'failed' | 'code'> | undefined> {
  await plugboard.house.usage.flush()
  const [call] = (await client().connections.recentCalls.query(it1)).calls
  return call && { tool: call.tool, failed: call.failed, code: call.code }
}

const progress = (step: number, total: number) => ({
  type: 'received',
  atMs: expect.any(Number),
  message: { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 1, progress: step, total } },
})

it('shows what was sent, the progress and the answer as they came, and the result', async () => {
  const result = { content: [{ type: 'text', text: 'done' }] }
  const events = await watch('progress', { steps: 2 })
  expect(events).toEqual([
    { type: 'sent', message: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'progress', arguments: { steps: 2 }, _meta: { progressToken: 1 } } } },
    progress(1, 2),
    progress(2, 2),
    { type: 'received', atMs: expect.any(Number), message: { jsonrpc: '2.0', id: 1, result } },
    { type: 'result', result, durationMs: expect.any(Number) },
  ])
  expect(JSON.stringify(events)).not.toContain('a stored secret')
  expect(await lastCall()).toEqual({ tool: 'progress', failed: false, code: null })
})

it.each([
  ['a server that answers JSON', { sse: false }],
  ['a server of 2026-07-28', { era: 'stateless' }],
] as const)('works in front of %s', async (_what, knobs) => {
  upstream.set(knobs)
  await plugboard.send('PUT', '/shop/other', { mcpUrl: upstream.url })
  const events = await watch('echo', { text: 'hello' }, 'other')
  expect(events.map(({ type }) => type)).toEqual(['sent', 'received', 'result'])
  expect(events.at(-1)).toMatchObject({ result: { content: [{ type: 'text', text: 'hello' }] } })
})

it.each(['everything', 'everythingOverSse'] as const)('shows the progress of a real server (%s) while it works', async (name) => {
  const real = await startRealUpstream(name)
  onTestFinished(() => real.stop())
  await plugboard.send('PUT', '/shop/real', { mcpUrl: real.url })
  const events = await watch('trigger-long-running-operation', { duration: 1, steps: 4 }, 'real')
  const received = events.filter((event) => event.type === 'received')
  expect(received.slice(0, -1)).toEqual([1, 2, 3, 4].map((step) => progress(step, 4)))
  expect(received.at(-1)!.atMs - received[0]!.atMs).toBeGreaterThan(500)
  expect(events.at(-1)).toMatchObject({ type: 'result', result: { content: [{ type: 'text' }] } })
})

describe('a call that fails', () => {
  it('in the tool shows its result and counts as failed', async () => {
    expect((await watch('fail', { text: 'no' })).at(-1)).toMatchObject({ type: 'result', result: { isError: true } })
    expect(await lastCall()).toEqual({ tool: 'fail', failed: true, code: null })
  })

  it('with a JSON-RPC error shows the message and says what it means', async () => {
    const { events, failure } = await watchToFailure('nonsense')
    expect(events.at(-1)).toMatchObject({ type: 'received', message: { error: { code: -32602 } } })
    expect(failure).toMatchObject({ code: 'upstream.invalid_params', details: { upstream: { message: 'Unknown tool' } } })
    expect(await lastCall()).toEqual({ tool: 'nonsense', failed: true, code: 'upstream.invalid_params' })
  })

  it('on its way says where', async () => {
    upstream.set({ cutStream: 'end' })
    expect((await watchToFailure('echo')).failure.code).toBe('upstream.stream_cut')
  })

  it('because it says more than can be shown is taken back', async () => {
    const { events, failure } = await watchToFailure('progress', { steps: 1500 })
    expect(failure.code).toBe('tools.stream_too_long')
    expect(events.length).toBe(1001)
  })

  it('before it was made is refused before there is a stream', async () => {
    const stranger = await plugboard.createKey()
    await expect(client(stranger.key).tools.stream.mutate({ ...it1, tool: 'echo' })).rejects.toMatchObject({ data: { plugboard: { code: 'connection.not_found' } } })
    await expect(client('plug_wrong').tools.stream.mutate({ ...it1, tool: 'echo' })).rejects.toMatchObject({ data: { code: 'UNAUTHORIZED' } })
  })
})

it('whoever stops watching takes the call back upstream', async () => {
  const leaving = new AbortController()
  const events = await client().tools.stream.mutate({ ...it1, tool: 'slow' }, { signal: leaving.signal })
  const first = events[Symbol.asyncIterator]()
  expect((await first.next()).value).toMatchObject({ type: 'sent' })
  const call = await upstream.request(({ message }) => message?.params?.name === 'slow')
  leaving.abort()
  await first.next().catch(() => undefined)
  expect(await call.over).toBe('cut')
  await upstream.request(({ message }) => message?.method === 'notifications/cancelled')
  expect(await lastCall()).toEqual({ tool: 'slow', failed: true, code: 'call.cancelled' })
})

it('ends with the key that opened it', async () => {
  const gate = createGate()
  upstream.set({ slowBody: gate.opened })
  const temporary = await plugboard.createKey(plugboard.organizationId)
  const events = await client(temporary.key).tools.stream.mutate({ ...it1, tool: 'progress' })
  const reading = events[Symbol.asyncIterator]()
  await reading.next()
  await plugboard.send('DELETE', `/keys/${temporary.id}`)
  gate.open()
  await expect(reading.next()).rejects.toMatchObject({ data: { code: 'UNAUTHORIZED' } })
})

it('does not pass to another connection that takes its name', async () => {
  const gate = createGate()
  upstream.set({ slowBody: gate.opened })
  const reading = (await client().tools.stream.mutate({ ...it1, tool: 'progress' }))[Symbol.asyncIterator]()
  await reading.next()
  await plugboard.send('DELETE', '/shop/it')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  gate.open()
  await expect(reading.next()).rejects.toMatchObject({ data: { plugboard: { code: 'connection.not_found' } } })
})

it('a caller that cannot read a stream is told so, and nothing is called', async () => {
  const { status, body } = await plugboard.send('POST', '/trpc/tools.stream', { ...it1, tool: 'echo' })
  expect(status).toBe(415)
  expect(body).toMatchObject({ error: { data: { plugboard: { code: 'procedure.answers_with_stream' } } } })
  expect(upstream.requests.filter(({ message }) => message?.method === 'tools/call')).toEqual([])
})
