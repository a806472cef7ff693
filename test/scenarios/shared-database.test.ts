// Two Plugboards on one libSQL server are one service: what one of them stores, the other works with. (A
// stand-in speaks the server's protocol.)
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type SharedDatabase, startSharedDatabase } from '../support/shared-database.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
}
const CALL = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'headers', arguments: {} } }
const accept = { accept: 'application/json, text/event-stream' }

let database: SharedDatabase
let upstream: FixtureUpstream
let left: RunningPlugboard
let right: RunningPlugboard

beforeAll(async () => {
  database = await startSharedDatabase()
  const { environment } = database
  left = await startPlugboard({ environment })
  ;[right, upstream] = await Promise.all([startPlugboard({ environment }), startFixtureUpstream()])
  await left.send('PUT', '/namespaces/shop')
  await left.send('PUT', '/connect/shop/it', { mcpUrl: upstream.url.href, headers: { 'x-api-key': 'stored' } })
})
afterAll(async () => {
  await Promise.all([left, right, upstream].map((each) => each?.stop()))
  await database?.close()
})

/** At `right`, as the actor that `left` made. */
const atRight = (method: string, path: string, body?: unknown, headers = {}) =>
  right.send(method, path, body, { authorization: `Bearer ${left.key}`, ...headers })

it('a connection made at one is called at the other, with its credential', async () => {
  expect((await atRight('GET', '/connect/shop/it')).body).toMatchObject({ status: { state: 'connected' } })
  expect((await atRight('POST', '/connect/shop/it/.tools/headers', {})).status).toBe(200)
  expect(upstream.requests.at(-1)!.headers).toMatchObject({ 'x-api-key': 'stored' })
})

it('a session opened at one goes on at the other', async () => {
  const opened = await left.send('POST', '/connect/shop/it/mcp', INITIALIZE, accept)
  const session = { 'mcp-session-id': opened.headers.get('mcp-session-id')!, ...accept }
  const known = upstream.requests.length
  expect((await atRight('POST', '/connect/shop/it/mcp', CALL, session)).body).toMatchObject({ id: 2, result: {} })
  // The call alone, in a session that the upstream knew already: nothing was opened for it.
  const [call, ...more] = upstream.requests.slice(known)
  expect([call!.message?.method, more]).toEqual(['tools/call', []])
  expect(call!.headers['mcp-session-id']).toEqual(expect.any(String))
})

it('a key revoked at one ends at the other within two seconds', async () => {
  const issued = await left.createKey(left.organizationId)
  const look = async () => (await right.send('GET', '/connect/shop', undefined, { authorization: `Bearer ${issued.key}` })).status
  expect(await look()).toBe(200)
  await left.send('DELETE', `/keys/${issued.id}`)
  right.advance(2000)
  expect(await look()).toBe(401)
})

it('a connection deleted at one is gone at the other within five seconds', async () => {
  await left.send('PUT', '/connect/shop/doomed', { mcpUrl: upstream.url.href })
  const call = () => atRight('POST', '/connect/shop/doomed/.tools/headers', {})
  expect((await call()).status).toBe(200)
  await left.send('DELETE', '/connect/shop/doomed')
  right.advance(5000)
  expect((await call()).status).toBe(404)
})
