// A removal that can be undone: gone for everybody at once, back as it was within ten seconds, and then gone for good.
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connection } from '../../db/schema/connection.ts'
import { finishRemovals } from '../../server/connections/remove-connection.ts'
import { createGate } from '../support/gate.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let uid: string
const it1 = { namespace: 'shop', connectionId: 'it' }
const CALL = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', arguments: { text: 'hi' } } }

beforeEach(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url, headers: { 'x-key': 'k' }, metadata: { userId: '1' } })
  // Into memory, where the hot path looks first.
  await callStatus()
  uid = plugboard.house.caches.connections.get('shop/it')!.row.uid
})
afterEach(() => Promise.all([plugboard.stop(), upstream.stop()]))

const callStatus = async () => (await plugboard.send('POST', '/connect/shop/it/mcp', CALL)).status
const trpc = (procedure: string, input: object) => plugboard.send(`POST`, `/trpc/connections.${procedure}`, input)
const remove = () => trpc('remove', it1)
const listed = async () => (await plugboard.send<{ connections: { connectionId: string }[] }>('GET', '/shop')).body.connections.map((each) => each.connectionId)
const rowExists = async () => {
  const { db } = plugboard.house
  return (await db.read(db.build.select().from(connection).where(eq(connection.uid, uid)))).length === 1
}

describe('a removed connection', () => {
  it('is found by no door, and its calls are refused', async () => {
    const sent = upstream.requests.length
    const { status, body } = await remove()
    expect({ status, body }).toEqual({ status: 200, body: { result: { data: { undoUntil: new Date(plugboard.house.now() + 10_000).toISOString() } } } })
    expect(await callStatus()).toBe(404)
    expect(await listed()).toEqual([])
    for (const filter of ['metadata.userId=1', 'metadata.connectionId=it', 'name=it', 'state=connected', `mcpUrl=${encodeURIComponent(upstream.url.href)}`]) {
      expect((await plugboard.send<{ connections: unknown[] }>('GET', `/shop?${filter}`)).body.connections).toEqual([])
    }
    for (const [method, path] of [['GET', '/shop/it'], ['DELETE', '/shop/it'], ['POST', '/shop/it/.check'], ['GET', '/shop/it/.tools'], ['POST', '/shop/it/.tools/echo']] as const) {
      expect((await plugboard.send(method, path, method === 'POST' ? {} : undefined)).status).toBe(404)
    }
    expect((await remove()).status).toBe(404)
    const query = encodeURIComponent(JSON.stringify({ namespace: 'shop' }))
    expect((await plugboard.send('GET', `/trpc/connections.summary?input=${query}`)).body).toEqual({ result: { data: { total: 0, byState: {}, attention: [] } } })
    const session = upstream.requests.slice(sent).filter(({ message }) => message !== undefined)
    expect(session).toEqual([])
  })

  it('ends its open streams, and whoever watches hears that it went and that it came back', async () => {
    const gate = createGate()
    upstream.set({ sse: true, slowBody: gate.opened })
    const stream = await fetch(`${plugboard.url}/connect/shop/it/mcp`, {
      method: 'POST',
      headers: { authorization: `Bearer ${plugboard.key}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify(CALL),
    })
    const over = new AbortController()
    const news = plugboard.house.statusFeed.subscribe(over.signal)
    await remove()
    expect((await news.next()).value).toMatchObject({ connectionId: 'it', state: 'deleted' })
    await plugboard.services.gateway.openStreams.recheck()
    await stream.text().catch(() => undefined)
    expect(plugboard.services.gateway.openStreams.size).toBe(0)
    await trpc('undoRemove', it1)
    expect((await news.next()).value).toMatchObject({ connectionId: 'it', state: 'connected' })
    over.abort()
    gate.open()
  })

  it('comes back as it was: credential, metadata, calls', async () => {
    const before = (await plugboard.send('GET', '/shop/it')).body
    await remove()
    plugboard.advance(9_999)
    await finishRemovals(plugboard.house)
    const { status, body } = await trpc('undoRemove', it1)
    expect(status).toBe(200)
    expect(body).toEqual({ result: { data: before } })
    expect((await plugboard.send('GET', '/shop/it')).body).toEqual(before)
    expect(await callStatus()).toBe(200)
    expect(upstream.requests.findLast(({ message }) => message?.method === 'tools/call')?.headers['x-key']).toBe('k')
    expect((await trpc('undoRemove', it1)).status).toBe(404)
  })

  it('cannot be brought back after ten seconds, and is then deleted with its rows', async () => {
    await remove()
    plugboard.advance(10_000)
    expect((await trpc('undoRemove', it1)).status).toBe(404)
    expect(await rowExists()).toBe(true)
    await finishRemovals(plugboard.house)
    expect(await rowExists()).toBe(false)
  })

  it('gives its id up to a new connection, which inherits nothing', async () => {
    await remove()
    const { status, body } = await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
    expect({ status, metadata: body.metadata }).toEqual({ status: 201, metadata: null })
    expect(await rowExists()).toBe(false)
    expect((await trpc('undoRemove', it1)).status).toBe(404)
    await callStatus()
    expect(upstream.requests.findLast(({ message }) => message?.method === 'tools/call')?.headers['x-key']).toBeUndefined()
  })

  it('goes with its namespace', async () => {
    await remove()
    expect((await plugboard.send('DELETE', '/namespaces/shop')).status).toBe(200)
    expect(await rowExists()).toBe(false)
  })

  it('is not brought back by a change that was under way when it was removed', async () => {
    const gate = createGate()
    upstream.set({ on: ['initialize', 'server/discover'], slowHeaders: gate.opened })
    const asked = upstream.requests.length
    const checking = plugboard.send('POST', '/shop/it/.check', {})
    await upstream.request((request) => upstream.requests.indexOf(request) >= asked)
    await remove()
    gate.open()
    expect((await checking).status).toBe(404)
    expect(await listed()).toEqual([])
  })
})
