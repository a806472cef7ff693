// What callers hold open is counted for their organization, whatever it is, and takes nothing from calls or from anybody else.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { startHandDrivenSseServer } from '../support/hand-driven-sse-server.ts'
import { statelessRequest } from '../support/mcp-raw-session.ts'
import { startStatelessServer } from '../support/mcp-stateless-server.ts'
import { openSession } from '../support/mcp-wire-session.ts'
import { bearer } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
const servers: { stop(): Promise<unknown> }[] = []
beforeEach(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard({ environment: { STREAMS_PER_ORGANIZATION: '1' } }), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url.href })
})
afterEach(() => Promise.all([plugboard.stop(), upstream.stop(), ...servers.splice(0).map((server) => server.stop())]))

const endpoint = (connectionId: string) => ({ url: new URL(`${plugboard.url}/connect/shop/${connectionId}/mcp`), key: plugboard.key, sse: false })
const watch = (key = plugboard.key, namespace = 'shop', signal?: AbortSignal) =>
  fetch(`${plugboard.url}/mcp/${namespace}`, { headers: { ...bearer(key), accept: 'text/event-stream' }, ...(signal && { signal }) })
const watchOverTrpc = (signal: AbortSignal) =>
  fetch(`${plugboard.url}/trpc/connections.watch?input=${encodeURIComponent('{"namespace":"shop"}')}`, { headers: bearer(plugboard.key), signal })

/** Nobody tells when a socket's end was noticed. */
const heldAre = (count: number) => vi.waitUntil(() => plugboard.house.streams.total === count, { timeout: 20_000, interval: 5 })

/** Of 2026-07-28, at an endpoint. */
function listen(path: string, signal: AbortSignal): Promise<Response> {
  const { message, headers } = statelessRequest(1, 'subscriptions/listen', { notifications: { toolsListChanged: true } })
  return fetch(plugboard.url + path, {
    method: 'POST',
    headers: { ...bearer(plugboard.key), 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify(message),
    signal,
  })
}

/** Opens one; what comes of it, once it is open or refused. */
const KINDS: Record<string, (leaving: AbortSignal) => Promise<unknown>> = {
  'news of a namespace': (leaving) => watch(plugboard.key, 'shop', leaving),
  'a subscription to news of a namespace': (leaving) => listen('/mcp/shop', leaving),
  'the stream of a session': async (leaving) => {
    const session = await openSession(endpoint('it'))
    leaving.addEventListener('abort', () => void session.end())
    const stream = await session.get()
    if (stream.status === 200) leaving.addEventListener('abort', () => void stream.body?.cancel())
    return stream
  },
  'a subscription at a server': async (leaving) => {
    const server = await startStatelessServer()
    servers.push(server)
    await plugboard.send('PUT', '/shop/modern', { mcpUrl: server.url.href })
    return listen('/connect/shop/modern/mcp', leaving)
  },
  'a session over HTTP+SSE': async (leaving) => {
    const server = await startHandDrivenSseServer()
    servers.push(server)
    await plugboard.send('PUT', '/shop/old', { mcpUrl: server.url })
    const session = await openSession(endpoint('old'))
    leaving.addEventListener('abort', () => void session.end())
  },
  'what tRPC watches': watchOverTrpc,
  'a long poll': async (leaving) => {
    const answer = fetch(`${plugboard.url}/shop/it?wait=59&until=auth_required`, { headers: bearer(plugboard.key), signal: leaving })
    answer.catch(() => undefined)
    await heldAre(1)
  },
}

describe.each(Object.entries(KINDS))('%s', (_kind, open) => {
  it('is counted until it is over, and leaves calls and other organizations alone', async () => {
    const leaving = new AbortController()
    await open(leaving.signal)
    await heldAre(1)
    const refused = await watch()
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([429, '10', expect.stringContaining('limits.too_many_streams')])
    expect((await plugboard.send('POST', '/shop/it/.tools/echo', { text: 'hi' })).status).toBe(200)
    const { key } = await plugboard.createKey()
    await plugboard.send('PUT', '/namespaces/other', undefined, bearer(key))
    const others = await watch(key, 'other')
    expect(others.status).toBe(200)
    await others.body!.cancel()
    leaving.abort()
    await heldAre(0)
    const again = await watch()
    expect(again.status).toBe(200)
    await again.body!.cancel()
  })
})

describe('one too many', () => {
  beforeEach(() => watch())

  it('is refused in the words of each door', async () => {
    const leaving = new AbortController()
    const poll = await plugboard.send('GET', '/shop/it?wait=59&until=auth_required')
    const trpc = await watchOverTrpc(leaving.signal)
    const session = await openSession(endpoint('it'))
    const answers = await Promise.all([session.get(), listen('/mcp/shop', leaving.signal)])
    expect(poll).toMatchObject({ status: 429, body: { code: 'limits.too_many_streams' } })
    for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([429, expect.stringContaining('limits.too_many_streams')])
    // It has begun to answer before it knows: the refusal is an event.
    expect([trpc.status, await trpc.text()]).toEqual([200, expect.stringContaining('limits.too_many_streams')])
    expect(plugboard.house.streams.total).toBe(1)
  })

  it('costs the server nothing: no stream is opened there', async () => {
    const server = await startHandDrivenSseServer()
    servers.push(server)
    await plugboard.send('PUT', '/shop/old', { mcpUrl: server.url })
    const before = server.streams.length
    await expect(openSession(endpoint('old'))).rejects.toThrow('limits.too_many_streams')
    expect(server.streams.length).toBe(before)
    expect([plugboard.house.streams.total, plugboard.house.pool.calls.total]).toEqual([1, 0])
  })

  it('is not a question that is answered at once', async () => {
    expect((await plugboard.send('GET', '/shop/it')).status).toBe(200)
  })
})
