// Somebody else holds the database's write lock (a backup tool, a hand on the file): whoever writes waits, or is
// told to come back; whoever reads, calls or asks for a sign of life gets it meanwhile.
import { createClient, type Transaction } from '@libsql/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let release: () => void
beforeEach(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  release = await holdWriteLock(plugboard.house.config.databaseUrl)
})
afterEach(async () => {
  release()
  await Promise.all([plugboard.stop(), upstream.stop()])
})

async function holdWriteLock(url: string): Promise<() => void> {
  const client = createClient({ url })
  const transaction: Transaction = await client.transaction('write')
  return () => {
    transaction.close()
    client.close()
  }
}

const writes: [string, () => Promise<{ status: number; headers: Headers; body: unknown }>][] = [
  ['REST', () => plugboard.send('PUT', '/namespaces/other')],
  ['tRPC', () => plugboard.send('POST', '/trpc/namespaces.ensure', { name: 'another' })],
]

it.each(writes)('a change through %s waits for the lock, and is made when it is free', async (_door, write) => {
  const waiting = write()
  // The loop is not held up by the waiting: others are answered in between.
  for (let asked = 0; asked < 20; asked++) expect((await fetch(`${plugboard.url}/healthz`)).status).toBe(200)
  release()
  expect((await waiting).status).toBeLessThan(300)
})

it('a change that waited in vain answers 503 and says when to come back, and nothing of it was done', async () => {
  const [rest, trpc] = await Promise.all(writes.map(([, write]) => write()))
  expect(rest).toMatchObject({ status: 503, body: { code: 'database.busy' } })
  expect(rest!.headers.get('retry-after')).toBe('1')
  expect(trpc).toMatchObject({ status: 503, body: { error: { data: { plugboard: { code: 'database.busy' } } } } })
  release()
  expect((await plugboard.send<{ namespaces: unknown[] }>('GET', '/namespaces')).body.namespaces).toMatchObject([{ name: 'shop' }])
})

it('calls, lists and signs of life do not need the lock', async () => {
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', arguments: {} } }
  for (const [method, path, body] of [
    ['GET', '/shop', undefined],
    ['GET', '/shop/it', undefined],
    ['POST', '/shop/it/.tools/echo', {}],
    ['POST', '/connect/shop/it/mcp', call],
    ['GET', '/readyz', undefined],
  ] as const) {
    expect((await plugboard.send(method, path, body)).status).toBe(200)
  }
})

it('what could not be counted meanwhile is counted afterwards', async () => {
  await plugboard.send('POST', '/shop/it/.tools/echo', {})
  await plugboard.house.usage.flush()
  release()
  await plugboard.house.usage.flush()
  const client = createClient({ url: plugboard.house.config.databaseUrl })
  const { rows } = await client.execute(`SELECT sum(calls) AS calls FROM usage_bucket WHERE tool = 'echo'`)
  client.close()
  expect(rows[0]?.calls).toBe(1)
})
