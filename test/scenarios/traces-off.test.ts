// Where nobody collects traces there is nothing of them: callers' own pass as they are, and no library is loaded.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { openSession } from '../support/mcp-wire-session.ts'
import { startSpawnedPlugboard } from '../support/spawn-plugboard.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const TRACE = { traceparent: `00-${'a1'.repeat(16)}-${'b2'.repeat(8)}-01`, tracestate: 'vendor=1' }
const call = (meta: object) => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', arguments: { text: 'hi' }, _meta: meta } })

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url.href })
})
afterAll(() => Promise.all([plugboard?.stop(), upstream?.stop()]))

const lastCall = () => upstream.requests.findLast(({ message }) => message?.method === 'tools/call')!

it('a caller’s own trace goes on in its message as it was written', async () => {
  await plugboard.send('POST', '/connect/shop/it/mcp', call({ ...TRACE, keep: 1 }), { accept: 'application/json, text/event-stream' })
  expect(lastCall().message?.params?._meta).toEqual({ ...TRACE, keep: 1 })
  expect(lastCall().headers.traceparent).toBeUndefined()
})

it('and in the headers of a session of its own', async () => {
  const session = await openSession({ url: new URL(`${plugboard.url}/connect/shop/it/mcp`), key: plugboard.key })
  const message = call({})
  await (await session.post(message, TRACE)).text()
  expect(lastCall().headers.traceparent).toBe(TRACE.traceparent)
  expect(lastCall().body).toBe(JSON.stringify(message))
})

it('a call of REST says nothing of a trace', async () => {
  await plugboard.send('POST', '/shop/it/.tools/echo', { text: 'hi' }, TRACE)
  expect(lastCall().message?.params).toEqual({ name: 'echo', arguments: { text: 'hi' } })
  expect(lastCall().headers.traceparent).toBeUndefined()
})

it.each([
  ['nothing of OpenTelemetry is loaded', {}, /Loaded: nothing\./],
  ['it is, once a collector is named', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }, /Loaded: .*@opentelemetry\/sdk-trace.*\./],
])('%s', async (_title, env, expected) => {
  const nodeArgs = ['--import', join(import.meta.dirname, '../support/tell-telemetry.mjs')]
  const spawned = await startSpawnedPlugboard({ env, nodeArgs })
  onTestFinished(() => spawned.stop())
  const headers = { authorization: `Bearer ${spawned.rootKey}`, 'content-type': 'application/json' }
  await fetch(`${spawned.url}/demo/it`, { method: 'PUT', headers, body: JSON.stringify({ mcpUrl: upstream.url.href }) })
  expect((await fetch(`${spawned.url}/demo/it/.tools/echo`, { method: 'POST', headers, body: '{"text":"hi"}' })).status).toBe(200)
  spawned.child.kill('SIGTERM')
  expect((await spawned.exited).stdout).toMatch(expected)
})
