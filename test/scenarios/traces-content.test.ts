// What traces tell: how requests ended, and as little beside that as the log.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCanary, createPlainCanary, findCanaries } from '../support/canary.ts'
import { openSession } from '../support/mcp-wire-session.ts'
import { startTracedPlugboard, tracedCaller, type TracedPlugboard } from '../support/traced-plugboard.ts'

const credential = createCanary('a stored header')
const query = createPlainCanary('a value in the query of mcpUrl')
const argument = createPlainCanary('an argument, which the tool echoes')
const path = createPlainCanary('a word in a path')
const method = createPlainCanary('a method that nobody knows')
const id = createPlainCanary('the id of a message')
const uri = createPlainCanary('a resource')

const callers = { gone: tracedCaller(), toolError: tracedCaller(), stranger: tracedCaller(), refused: tracedCaller(), left: tracedCaller() }
const lines: Record<string, unknown>[] = []
const keep = (message: string, fields?: object) => void lines.push({ message, ...fields })

let traced: TracedPlugboard

async function leaveInTheMiddle(): Promise<void> {
  const { plugboard, upstream } = traced
  upstream.set({ on: ['tools/call'], slowHeaders: new Promise(() => {}) })
  const leaving = new AbortController()
  const called = fetch(`${plugboard.url}/connect/shop/it/mcp`, {
    method: 'POST',
    headers: { authorization: `Bearer ${plugboard.key}`, 'content-type': 'application/json', traceparent: callers.left.traceparent },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', arguments: { text: 'left' } } }),
    signal: leaving.signal,
  }).catch(() => undefined)
  await upstream.request(({ body }) => body.includes('"left"'))
  leaving.abort()
  await called
}

beforeAll(async () => {
  traced = await startTracedPlugboard({
    query: `?token=${query.value}`,
    headers: { Authorization: `Bearer ${credential.value}` },
    log: { debug: keep, info: keep, warn: keep, error: keep },
    environment: { OTEL_SERVICE_NAME: 'the-plugboard', OTEL_EXPORTER_OTLP_HEADERS: 'X-Tenant=a%20b,authorization=Basic%20c2VjcmV0' },
  })
  const { post, plugboard } = traced
  await plugboard.send('PUT', '/shop/gone', { mcpUrl: 'http://127.0.0.1:1/mcp' })
  await post('/shop/it/.tools/echo', { text: argument.value })
  await post('/trpc/tools.invoke', { namespace: 'shop', connectionId: 'it', tool: 'echo', arguments: { text: argument.value } })
  const mcp = '/connect/shop/it/mcp'
  await post(mcp, { jsonrpc: '2.0', id: id.value, method: 'tools/call', params: { name: 'echo', arguments: { text: argument.value } } })
  await post(mcp, { jsonrpc: '2.0', id: id.value, method: method.value, params: { x: argument.value } })
  await post(mcp, { jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri: `file:///${uri.value}` } })
  const session = await openSession({ url: new URL(plugboard.url + mcp), key: plugboard.key })
  await (await session.post({ jsonrpc: '2.0', id: id.value, method: method.value })).text()
  await post(`/${path.value}/${path.value}/.tools/${path.value}?token=${path.value}`, {})
  await post('/shop/gone/.tools/echo', {}, { traceparent: callers.gone.traceparent })
  await post('/shop/it/.tools/fail', {}, { traceparent: callers.toolError.traceparent })
  await post('/shop/it/.tools/echo', {}, { traceparent: callers.stranger.traceparent, authorization: 'Bearer nobody' })
  await post(mcp, { jsonrpc: '2.0', id: 1, method: 'logging/setLevel', params: { level: 'info' } }, { traceparent: callers.refused.traceparent })
  for (const page of ['/sign-in', '/healthz', '/']) await fetch(plugboard.url + page)
  await leaveInTheMiddle()
  await plugboard.stop()
}, 60_000)
afterAll(() => traced?.stop())

it('a failure has our code, on the call and on the request', () => {
  const attributes = { 'error.type': 'upstream.unreachable' }
  expect(traced.spanOf(callers.gone.traceId, 'client')).toMatchObject({ failed: true, attributes })
  expect(traced.spanOf(callers.gone.traceId, 'server')).toMatchObject({ failed: true, attributes: { ...attributes, 'http.response.status_code': 502 } })
})

it('a tool that says that it failed is a call that failed, and a request that was answered', () => {
  expect(traced.spanOf(callers.toolError.traceId, 'client')).toMatchObject({ failed: true, attributes: { 'error.type': 'tool_error' } })
  expect(traced.spanOf(callers.toolError.traceId, 'server')).toMatchObject({ failed: false })
})

it('a stranger who is refused is a span without a call, and no error of the server’s', () => {
  expect(traced.spansOf(callers.stranger.traceId)).toMatchObject([
    { kind: 'server', failed: false, attributes: { 'http.response.status_code': 401, 'error.type': 'identity.unauthenticated' } },
  ])
})

it('so is a message that is refused', () => {
  expect(traced.spansOf(callers.refused.traceId)).toMatchObject([
    { kind: 'server', name: 'logging/setLevel', attributes: { 'http.response.status_code': 200, 'error.type': 'mcp.needs_session' } },
  ])
})

it('a call whose caller left is over', () => {
  expect(traced.spanOf(callers.left.traceId, 'client')).toMatchObject({ failed: true, attributes: { 'error.type': 'call.cancelled' } })
  expect(traced.spanOf(callers.left.traceId, 'server')?.attributes).not.toHaveProperty('http.response.status_code')
})

it('pages and probes are nobody’s calls', () => {
  const names = traced.collector.spans().map(({ name }) => name)
  expect(names.filter((name) => name.startsWith('GET'))).toEqual([])
})

it('a line of the log names the trace of its request', () => {
  expect(lines.filter(({ message, status }) => message === 'request' && status === 502)).toMatchObject([{ traceId: callers.gone.traceId }])
})

it('exports go where the operator said, with the headers that were given, under the service’s name', () => {
  for (const { path: asked, headers } of traced.collector.exports) {
    expect(asked).toBe('POST /v1/traces')
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-tenant': 'a b', authorization: 'Basic c2VjcmV0' })
  }
  expect(traced.collector.resource()).toEqual({ 'service.name': 'the-plugboard', 'service.version': '0.1.0' })
})

it('nothing secret, and nothing that was said, is exported', () => {
  const key = { name: 'the API key', value: traced.plugboard.key }
  const exported = Buffer.concat(traced.collector.exports.map(({ body }) => body))
  expect(findCanaries(exported, [credential, query, argument, path, method, id, uri, key])).toEqual([])
})

it('every attribute is one of those that a span may have', () => {
  const names = new Set(traced.collector.spans().flatMap(({ attributes }) => Object.keys(attributes)))
  expect([...names].toSorted()).toEqual([
    'error.type', 'gen_ai.operation.name', 'gen_ai.tool.name', 'http.request.method', 'http.response.status_code', 'http.route', 'mcp.method.name',
    'network.protocol.name', 'network.transport', 'plugboard.actor.kind', 'plugboard.connection.id', 'plugboard.namespace', 'plugboard.organization.id',
    'plugboard.request.id', 'rpc.method',
  ])
})
