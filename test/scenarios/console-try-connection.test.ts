// Trying a server out: what a connection to it would be, found out in the same way, with nothing left behind.
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { TriedConnection } from '../../server/tools/tried-connection.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeEach(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
})
afterEach(() => Promise.all([plugboard.stop(), upstream.stop()]))

interface Answer {
  result?: { data: TriedConnection }
  error?: { data: { plugboard: { code: string; details?: Record<string, unknown> } } }
}
const tryOut = async (input: object) => (await plugboard.send<Answer>('POST', '/trpc/connections.try', { namespace: 'shop', mcpUrl: upstream.url, ...input })).body

it('tells the status, who the server is and which tools it has', async () => {
  upstream.set({ apiKey: { in: 'header', name: 'x-key', value: 'right' } })
  const { result } = await tryOut({ headers: { 'x-key': 'right' } })
  expect(result?.data).toMatchObject({ status: { state: 'connected' }, serverInfo: { name: 'fixture-upstream' } })
  expect(result?.data.tools).toContainEqual(expect.objectContaining({ name: 'echo' }))
})

it('says in the status what is wrong, as a connection would', async () => {
  upstream.set({ apiKey: { in: 'header', name: 'x-key', value: 'right' } })
  const input = { headers: { 'x-key': 'wrong' } }
  const { result } = await tryOut(input)
  const { body } = await plugboard.send<{ status: unknown }>('PUT', '/shop/real', { mcpUrl: upstream.url, ...input })
  expect(result?.data).toEqual({ status: body.status })
})

it('stores nothing and leaves no session open, here or there', async () => {
  const tables = ['connection', 'credential', 'connection_metadata', 'usage_bucket', 'recent_call']
  await tryOut({ headers: { 'x-key': 'k' } })
  await upstream.request(({ method }) => method === 'DELETE')
  await plugboard.house.usage.flush()
  const { db, pool } = plugboard.house
  for (const table of tables) expect(await db.read(db.build.all(sql.raw(`SELECT * FROM ${table}`)))).toEqual([])
  expect(pool.size).toBe(0)
  expect(upstream.sessions()).toEqual([])
})

it('shows at most 200 tools, with texts of bounded length', async () => {
  const extraTools = Array.from({ length: 300 }, (_, index) => ({ name: `tool-${index}`, description: 'x'.repeat(5000), inputSchema: { type: 'object' } }))
  upstream.set({ extraTools })
  const { result } = await tryOut({})
  expect(result?.data.tools).toHaveLength(200)
  expect(Math.max(...result!.data.tools!.map(({ description = '' }) => description.length))).toBe(1000)
})

it('a server that cannot say its tools is still one that connects', async () => {
  upstream.set({ on: ['tools/list'], html: true })
  expect((await tryOut({})).result?.data).toEqual({ status: { state: 'connected' }, serverInfo: expect.anything() })
})

it.each([
  ['a header that is ours to set', { headers: { host: 'x' } }, 'headers.host'],
  ['a header value with a line break', { headers: { 'x-key': 'a\nb' } }, 'headers.x-key'],
  ['what is no URL', { mcpUrl: 'nonsense' }, 'mcpUrl'],
  ['members that a trial has no use for', { name: 'x' }, 'name'],
])('%s is refused beside its field', async (_what, input, field) => {
  const { error } = await tryOut(input)
  expect(error?.data.plugboard).toMatchObject({ code: 'input.invalid', details: { field } })
  expect(upstream.requests).toEqual([])
})

it('our own listener is nobody’s upstream', async () => {
  const { result, error } = await tryOut({ mcpUrl: `${plugboard.url}/connect/shop/it/mcp` })
  expect(result?.data.status.state ?? error?.data.plugboard.code).toMatch(/^(error|egress\.\w+)$/)
})
