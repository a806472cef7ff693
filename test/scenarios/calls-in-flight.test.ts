// Calls that hang cost their own connection and their own organization, and nobody else.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_WAITING } from '../../server/egress/http-client/fair-shares.ts'
import { type FixtureUpstream, type RecordedRequest, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { DOORS, openDoor, type Outcome } from '../support/four-doors.ts'
import { startHandDrivenSseServer } from '../support/hand-driven-sse-server.ts'
import { postMessage } from '../support/mcp-post.ts'
import { bearer } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let leaving: AbortController
beforeEach(async () => {
  upstream = await startFixtureUpstream()
  leaving = new AbortController()
})
afterEach(async () => {
  leaving.abort()
  await plugboard.stop()
  await upstream.stop()
})

const isSlowCall = ({ message }: RecordedRequest) => message?.params?.name === 'slow'

/** Resolves when the server has received so many calls that it will not answer. */
async function hanging(count: number): Promise<void> {
  await upstream.request((request) => isSlowCall(request) && upstream.requests.filter(isSlowCall).length >= count)
}

/** Of those that are answered: so many. */
function firstOf<T>(promises: readonly Promise<T>[], count: number): Promise<T[]> {
  const values: T[] = []
  return new Promise((resolve) => {
    const take = (value: T) => {
      if (values.push(value) === count) resolve(values)
    }
    for (const promise of promises) promise.then(take, () => undefined)
  })
}

describe('a connection with as many calls on their way as it may have', () => {
  let hung: Promise<unknown>
  let calls: (() => Promise<Outcome>)[]
  beforeEach(async () => {
    plugboard = await startPlugboard({ environment: { CALLS_PER_CONNECTION: '4' } })
    await plugboard.send('PUT', '/namespaces/shop')
    for (const id of ['it', 'other']) await plugboard.send('PUT', `/shop/${id}`, { mcpUrl: upstream.url.href })
    const doors = await Promise.all(DOORS.map((door) => openDoor(plugboard, door, 'it')))
    hung = Promise.allSettled(doors.map((call) => call({ tool: 'slow', signal: leaving.signal })))
    calls = doors.map((call) => () => call())
    await hanging(4)
  })

  it.each(DOORS)('has one more refused by %s, which says when to try again', async (door) => {
    const { status, code, headers } = await calls[DOORS.indexOf(door)]!()
    expect([status, code, headers.get('retry-after')]).toEqual([429, 'limits.too_many_calls', '1'])
    expect((await (await openDoor(plugboard, door, 'other'))()).status).toBe(200)
  })

  it('has no session of its own opened for anybody, either', async () => {
    const initialize = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } } }
    const { status, answer } = await postMessage(`${plugboard.url}/connect/shop/it/mcp`, initialize, bearer(plugboard.key))
    expect([status, answer?.error?.data]).toMatchObject([429, { code: 'limits.too_many_calls' }])
  })

  it('has one more refused at the endpoint of its namespace', async () => {
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'it.echo', arguments: { text: 'hi' } } }
    const { answer } = await postMessage(`${plugboard.url}/mcp/shop`, message, bearer(plugboard.key))
    expect(answer?.error?.data).toMatchObject({ code: 'limits.too_many_calls' })
  })

  it('takes the next when a caller has left', async () => {
    leaving.abort()
    await hung
    const call = await openDoor(plugboard, 'REST', 'it')
    // Our side learns of it in its own time.
    await Promise.all(upstream.requests.filter(isSlowCall).map(({ over }) => over))
    expect((await call()).status).toBe(200)
    expect(plugboard.house.pool.calls.total).toBe(0)
  })
})

it('a connection over HTTP+SSE counts its calls, too', async () => {
  plugboard = await startPlugboard({ environment: { CALLS_PER_CONNECTION: '1' } })
  const server = await startHandDrivenSseServer()
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: server.url })
  const call = await openDoor(plugboard, 'a session of its own', 'it')
  const arrived = new Promise<() => void>((resolve) => {
    server.onMessage = ({ id }, stream) => resolve(() => stream.say({ id, result: { content: [] } }))
  })
  const first = call()
  const answer = await arrived
  expect(await call()).toMatchObject({ status: 429, code: 'limits.too_many_calls' })
  answer()
  expect((await first).status).toBe(200)
  await server.stop()
})

it('an organization whose calls hang by the thousand leaves another one all it needs at the same server', { timeout: 60_000 }, async () => {
  plugboard = await startPlugboard({ environment: { CALLS_PER_CONNECTION: '0', RATE_PER_CALLER: '0', RATE_PER_ORGANIZATION: '0' } })
  const quiet = bearer((await plugboard.createKey()).key)
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/namespaces/quiet', undefined, quiet)
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url.href })
  await plugboard.send('PUT', '/quiet/it', { mcpUrl: upstream.url.href }, quiet)
  const flood = await openDoor(plugboard, 'the shared session', 'it')
  const callers = Array.from({ length: 1600 }, () => new AbortController())
  leaving.signal.addEventListener('abort', () => callers.forEach((caller) => caller.abort()))
  const calls = callers.map(({ signal }) => flood({ tool: 'slow', signal }))
  const hung = Promise.allSettled(calls)
  // Half of the sockets are taken, the line is full, and all that came after were told so.
  const refused = await firstOf(calls, callers.length - 512 - MAX_WAITING)
  expect(new Set(refused.map(({ status, code, headers }) => `${status} ${code} ${headers.get('retry-after')}`))).toEqual(new Set(['429 upstream.too_many_waiting 1']))
  await hanging(512)
  const answers = await Promise.all(Array.from({ length: 50 }, () => plugboard.send('POST', '/quiet/it/.tools/echo', { text: 'hi' }, quiet)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(upstream.requests.filter(isSlowCall)).toHaveLength(512)
  leaving.abort()
  await hung
})
