// Whatever fails in the middle of a change (the n-th write, the n-th request to the upstream), what is stored is
// the state before or the state after, no session is left over, and the same request works the next time.
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../../server/context/context.ts'
import { createConnection } from '../../server/connections/create-connection.ts'
import { deleteConnection } from '../../server/connections/delete-connection.ts'
import { updateConnection } from '../../server/connections/update-connection.ts'
import { upsertConnection } from '../../server/connections/upsert-connection.ts'
import { exchangeAborted } from '../../server/egress/errors.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeEach(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/old', given('old', '1'))
})
afterEach(() => Promise.all([plugboard.stop(), upstream.stop()]))

const given = (label: string, key: string) => ({
  mcpUrl: `${upstream.url.href}?k=${label}`,
  headers: { 'x-key': key },
  metadata: { label },
})

/** What each change does, on the connection "old" or beside it. */
const changes: Record<string, (context: Context) => Promise<unknown>> = {
  create: (context) => createConnection(context, { namespace: 'shop', ...given('new', '1') }),
  'upsert of a new one': (context) => upsertConnection(context, { namespace: 'shop', connectionId: 'new', ...given('new', '1') }),
  'upsert of an old one': (context) =>
    upsertConnection(context, { namespace: 'shop', connectionId: 'old', ...given('old', '2'), metadata: { label: 'changed' } }),
  update: (context) =>
    updateConnection(context, { namespace: 'shop', connectionId: 'old', headers: { 'x-key': '2' }, metadata: { label: 'changed' } }),
  delete: (context) => deleteConnection(context, { namespace: 'shop', connectionId: 'old' }),
}

interface Faults {
  context: Context
  /** How often the failing part was used. */
  uses(): number
}

/** A context in which the n-th write of the database fails: before anything of it is done, or when all is done and nobody hears of it. */
function failingWrites(n: number, when: 'before' | 'after'): Faults {
  const { db } = plugboard.house
  let uses = 0
  const failNth = async <T>(write: () => Promise<T>): Promise<T> => {
    const isIt = ++uses === n
    if (isIt && when === 'before') throw new Error('the disk is full')
    const result = await write()
    if (isIt) throw new Error('the connection to the database broke')
    return result
  }
  const failing = {
    ...db,
    write: (statement) => failNth(() => db.write(statement)),
    writeBatch: (statements) => failNth(() => db.writeBatch(statements)),
  } as typeof db
  return { context: contextOf({ db: failing }), uses: () => uses }
}

/** A context in which the n-th request to an upstream fails. */
function failingRequests(n: number): Faults {
  const { egress } = plugboard.house
  const pool = plugboard.house.pool
  let uses = 0
  const dispatch = egress.dispatch
  egress.dispatch = (request, handler) => {
    if (++uses !== n) return dispatch(request, handler)
    queueMicrotask(() => handler.onError(exchangeAborted(false)))
    return { abort() {}, pause() {}, resume() {} }
  }
  return { context: contextOf({ egress, pool }), uses: () => uses }
}

const contextOf = (changed: Partial<Context>): Context => ({
  ...plugboard.house,
  actor: { kind: 'api_key', id: 'key_test', organizationId: plugboard.organizationId },
  requestId: 'req_test',
  ...changed,
})

async function expectConsistent(): Promise<void> {
  const { db, pool } = plugboard.house
  const rows = <Row>(statement: string) => db.read(db.build.all(sql.raw(statement))) as Promise<Row[]>
  const orphans = await rows(`SELECT connection_uid FROM credential WHERE connection_uid NOT IN (SELECT uid FROM connection)
    UNION ALL SELECT connection_uid FROM connection_metadata WHERE connection_uid NOT IN (SELECT uid FROM connection)`)
  expect(orphans).toEqual([])
  const incomplete =
    await rows(`SELECT uid FROM connection WHERE uid NOT IN (SELECT connection_uid FROM credential WHERE generation = credential_generation)
    OR uid NOT IN (SELECT connection_uid FROM connection_metadata)`)
  expect(incomplete).toEqual([])
  const [{ connections }] = (await rows<unknown[]>('SELECT count(*) FROM connection')).map((row) => ({
    connections: Number(Object.values(row)[0]),
  })) as [{ connections: number }]
  expect(pool.size).toBeLessThanOrEqual(connections)
}

async function expectWorking(): Promise<void> {
  const { body } = await plugboard.send<{ connections: { connectionId: string }[] }>('GET', '/shop')
  for (const { connectionId } of body.connections) {
    expect(await plugboard.send('POST', `/shop/${connectionId}/.tools/echo`, { text: 'hi' })).toMatchObject({ status: 200 })
  }
}

const MOST_WRITES = 12

describe.each(Object.entries(changes))('%s', (_what, change) => {
  it.each(['before', 'after'] as const)('is whole or not at all when a write fails %s it is done, whichever write it is', async (when) => {
    for (let n = 1; n <= MOST_WRITES; n++) {
      const faults = failingWrites(n, when)
      const outcome = await change(faults.context).then(
        () => 'done',
        () => 'failed'
      )
      await expectConsistent()
      await expectWorking()
      const isUntouched = faults.uses() < n
      expect(isUntouched && outcome === 'failed').toBe(false)
      if (isUntouched) return
      if (outcome === 'failed') await change(contextOf({})).catch(allowOnlyGone)
      await expectConsistent()
      await restore()
    }
    expect.unreachable('a change takes fewer writes than this')
  })

  it('is whole when the upstream fails it, whichever request it is', async () => {
    for (let n = 1; n <= MOST_WRITES; n++) {
      const intact = plugboard.house.egress.dispatch
      const faults = failingRequests(n)
      const outcome = await change(faults.context).then(
        () => 'done',
        () => 'failed'
      )
      plugboard.house.egress.dispatch = intact
      await expectConsistent()
      // An upstream that cannot be reached is a status, not a failure.
      expect(outcome).toBe('done')
      if (faults.uses() < n) return
      await restore()
    }
    expect.unreachable('a change takes fewer requests than this')
  })
})

/** A deletion that happened although it said otherwise cannot be repeated. */
function allowOnlyGone(error: { code?: string }): void {
  expect(error.code).toBe('connection.not_found')
}

async function restore(): Promise<void> {
  const { body } = await plugboard.send<{ connections: { connectionId: string }[] }>('GET', '/shop')
  for (const { connectionId } of body.connections) await plugboard.send('DELETE', `/shop/${connectionId}`)
  expect(plugboard.house.pool.size).toBe(0)
  await plugboard.send('PUT', '/shop/old', given('old', '1'))
}
