// A trace from whoever calls, through each door, to the server behind it.
import { createTRPCClient, httpBatchStreamLink } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppRouter } from '../../server/api/router.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import type { RpcMessage } from '../support/fixture-mcp.ts'
import { type HandDrivenSseServer, startHandDrivenSseServer } from '../support/hand-driven-sse-server.ts'
import { statelessRequest } from '../support/mcp-raw-session.ts'
import { openSession } from '../support/mcp-wire-session.ts'
import { callsOf, echoCall, metaOf, startTracedPlugboard, type TracedCaller, tracedCaller, type TracedPlugboard } from '../support/traced-plugboard.ts'

const TRACESTATE = 'vendor=t61rcWkgMzE'

let traced: TracedPlugboard
let modern: FixtureUpstream
let old: HandDrivenSseServer
const oldGot: RpcMessage[] = []

const inHeaders = ({ traceparent }: TracedCaller) => ({ traceparent, tracestate: TRACESTATE })
const inMeta = ({ traceparent }: TracedCaller) => ({ traceparent, tracestate: TRACESTATE })
const ownSession = (id: string) => openSession({ url: new URL(`${traced.plugboard.url}/connect/shop/${id}/mcp`), key: traced.plugboard.key })
const invocation = { namespace: 'shop', connectionId: 'it', tool: 'echo', arguments: { text: 'hi' } }

async function callStateless(path: string, caller: TracedCaller): Promise<void> {
  const { message, headers } = statelessRequest(1, 'tools/call', echoCall().params, inMeta(caller))
  await traced.post(path, message, headers)
}

/** To the end: who leaves before has taken the call back. */
async function watch(caller: TracedCaller): Promise<unknown[]> {
  const headers = { authorization: `Bearer ${traced.plugboard.key}`, ...inHeaders(caller) }
  const client = createTRPCClient<AppRouter>({ links: [httpBatchStreamLink({ url: `${traced.plugboard.url}/trpc`, headers })] })
  const events = []
  for await (const event of await client.tools.stream.mutate(invocation)) events.push(event)
  return events
}

/** Each way in, as a call of somebody's. */
const doors: Record<string, (caller: TracedCaller) => Promise<unknown>> = {
  REST: (caller) => traced.post('/shop/it/.tools/echo', { text: 'hi' }, inHeaders(caller)),
  'REST, spelt unusually': (caller) => traced.post('/shop/it/.tools/ech%6f', { text: 'hi' }, inHeaders(caller)),
  tRPC: (caller) => traced.post('/trpc/tools.invoke', invocation, inHeaders(caller)),
  'tRPC, watched': watch,
  'the shared session': (caller) => traced.post('/connect/shop/it/mcp', echoCall({ ...inMeta(caller), progressToken: 'mine', keep: [1] })),
  'the shared session, without _meta': (caller) => traced.post('/connect/shop/it/mcp', echoCall(), inHeaders(caller)),
  'a client of 2026-07-28 in front of sessions': (caller) => callStateless('/connect/shop/it/mcp', caller),
  'REST, to a server of 2026-07-28': (caller) => traced.post('/shop/modern/.tools/echo', { text: 'hi' }, inHeaders(caller)),
  'a client of 2026-07-28': (caller) => callStateless('/connect/shop/modern/mcp', caller),
  'a session of its own': async (caller) => (await (await ownSession('it')).post(echoCall(inMeta(caller)))).text(),
  'a session of its own, over HTTP+SSE': async (caller) => (await (await ownSession('old')).post(echoCall(inMeta(caller)))).text(),
  'the endpoint of a namespace': (caller) => traced.post('/mcp/shop', echoCall(inMeta(caller), 'it.echo')),
}
const DOORS = Object.keys(doors)
const lister = tracedCaller()
const callers = new Map(DOORS.map((door) => [door, tracedCaller()]))

beforeAll(async () => {
  ;[traced, modern, old] = await Promise.all([startTracedPlugboard(), startFixtureUpstream({ era: 'stateless' }), startHandDrivenSseServer()])
  old.onMessage = (message, stream) => {
    oldGot.push(message)
    stream.say({ id: message.id, result: { content: [] } })
  }
  await traced.plugboard.send('PUT', '/shop/modern', { mcpUrl: modern.url.href })
  await traced.plugboard.send('PUT', '/shop/old', { mcpUrl: old.url })
  for (const door of DOORS) await doors[door]!(callers.get(door)!)
  await traced.post('/mcp/shop', { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: inMeta(lister) } })
  await traced.plugboard.stop()
}, 60_000)
afterAll(() => Promise.all([traced, modern, old].map((each) => each?.stop())))

/** What reached a server under this trace. */
function receivedUnder(traceId: string): { meta: Record<string, unknown>; headers: Record<string, unknown> } | undefined {
  const belongs = (meta: Record<string, unknown>) => String(meta.traceparent).includes(traceId)
  const request = [traced.upstream, modern].flatMap(callsOf).find((call) => belongs(metaOf(call)))
  if (request) return { meta: metaOf(request), headers: request.headers }
  const message = oldGot.find((each) => belongs(metaOf({ message: each })))
  return message && { meta: metaOf({ message }), headers: {} }
}

describe.each(DOORS)('a call through %s', (door) => {
  const { traceId, spanId } = callers.get(door)!
  const spans = () => [traced.spanOf(traceId, 'server'), traced.spanOf(traceId, 'client')] as const

  it('is a span of its caller’s, and the call behind it one of that, which the server goes on from', () => {
    const [server, client] = spans()
    expect(traced.spansOf(traceId)).toHaveLength(2)
    expect(server).toMatchObject({ parentSpanId: spanId, traceState: TRACESTATE })
    expect(client).toMatchObject({ parentSpanId: server?.spanId })
    expect(receivedUnder(traceId)?.meta).toMatchObject({ traceparent: `00-${traceId}-${client?.spanId}-01`, tracestate: TRACESTATE })
  })

  it('says who called what, in the words of the conventions', () => {
    const [server, client] = spans()
    expect(client).toMatchObject({
      name: 'tools/call echo',
      failed: false,
      attributes: { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'echo', 'gen_ai.operation.name': 'execute_tool', 'plugboard.namespace': 'shop' },
    })
    expect(server).toMatchObject({
      failed: false,
      attributes: {
        'http.request.method': 'POST',
        'http.response.status_code': 200,
        'plugboard.actor.kind': 'api_key',
        'plugboard.organization.id': traced.plugboard.organizationId,
        'plugboard.request.id': expect.stringMatching(/./) as string,
      },
    })
    expect(client!.startNs >= server!.startNs && client!.endNs >= client!.startNs).toBe(true)
  })
})

it.each(DOORS.filter((door) => !door.includes('HTTP+SSE')))('the request that carries a call through %s says the same in its headers', (door) => {
  const { meta, headers } = receivedUnder(callers.get(door)!.traceId)!
  expect(headers).toMatchObject({ traceparent: meta.traceparent, tracestate: TRACESTATE })
})

it.each([
  ['REST', 'POST /{namespace}/{connectionId}/.tools/{tool}'],
  ['REST, spelt unusually', 'POST /{namespace}/{connectionId}/.tools/{tool}'],
  ['tRPC', 'POST /trpc/tools.invoke'],
  ['tRPC, watched', 'POST /trpc/tools.stream'],
  ['the shared session', 'tools/call echo'],
  ['the endpoint of a namespace', 'tools/call it.echo'],
])('a request through %s is called %s', (door, name) => {
  expect(traced.spanOf(callers.get(door)!.traceId, 'server')?.name).toBe(name)
})

it('what a message says beside its trace goes on as it was', () => {
  const { meta } = receivedUnder(callers.get('the shared session')!.traceId)!
  expect(meta).toEqual({ traceparent: expect.any(String) as string, tracestate: TRACESTATE, progressToken: expect.any(Number) as number, keep: [1] })
})

it('a list of a namespace is one request, with a call for each of its connections', () => {
  const calls = traced.spansOf(lister.traceId).filter(({ kind }) => kind === 'client')
  expect(calls.map(({ name, attributes }) => `${name} of ${attributes['plugboard.connection.id']}`).toSorted()).toEqual([
    'tools/list of it',
    'tools/list of modern',
    'tools/list of old',
  ])
  const server = traced.spanOf(lister.traceId, 'server')
  expect(new Set(calls.map(({ parentSpanId }) => parentSpanId))).toEqual(new Set([server?.spanId]))
})
