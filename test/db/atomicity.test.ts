import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { Database } from '../../db/database.ts'
import { deleteConnection, findConnectionByUid, insertConnection, updateConnection } from '../../db/queries/connections.ts'
import { addConnection, addDemoNamespace, connectionRow, credentialWrite } from './sample-rows.ts'
import { openTemporary } from './temporary-database.ts'

async function openDemo(): Promise<Database> {
  const db = await openTemporary({ url: ':memory:' })
  await addDemoNamespace(db)
  return db
}

/** Everything that belongs to connections, as stored. */
const contents = async (db: Database) => ({
  connections: await db.read(db.build.values(sql`SELECT * FROM connection ORDER BY uid`)),
  credentials: await db.read(db.build.values(sql`SELECT * FROM credential ORDER BY connection_uid`)),
  metadata: await db.read(db.build.values(sql`SELECT * FROM connection_metadata ORDER BY connection_uid, key`)),
})

/** From now on the database refuses rows of that table. */
const refuse = (db: Database, event: 'INSERT' | 'UPDATE', table: string) =>
  db.write(sql.raw(`CREATE TRIGGER fault BEFORE ${event} ON ${table} BEGIN SELECT RAISE(ABORT, 'fault'); END`))

const texts = [{ key: 'userId', value: 'u-1' }]
const change = {
  uid: 'con_1',
  expectedRevision: 1,
  changes: { name: 'changed' },
  metadataTexts: [{ key: 'team', value: 't-1' }],
  credential: credentialWrite({ sealed: 'sealed-2', generation: 2 }),
}

it.each(['connection', 'credential', 'connection_metadata'])('creating writes nothing if the row in %s fails', async (table) => {
  const db = await openDemo()
  await refuse(db, 'INSERT', table)
  const create = { connection: connectionRow('con_1'), credential: credentialWrite(), metadataTexts: texts }
  await expect(insertConnection(db, create)).rejects.toThrow()
  expect(await contents(db)).toEqual({ connections: [], credentials: [], metadata: [] })
})

it.each([['UPDATE', 'connection'], ['UPDATE', 'credential'], ['INSERT', 'connection_metadata']] as const)(
  'changing writes nothing if the %s of %s fails',
  async (event, table) => {
    const db = await openDemo()
    await addConnection(db, { uid: 'con_1', credential: credentialWrite(), texts })
    const before = await contents(db)
    await refuse(db, event, table)
    await expect(updateConnection(db, change)).rejects.toThrow()
    expect(await contents(db)).toEqual(before)
  },
)

it('a change that comes too late writes nothing, neither the credential nor the metadata', async () => {
  const db = await openDemo()
  await addConnection(db, { uid: 'con_1', credential: credentialWrite(), texts })
  expect(await updateConnection(db, { uid: 'con_1', expectedRevision: 1, changes: { name: 'first' } })).toBe(true)
  const before = await contents(db)
  expect(await updateConnection(db, change)).toBe(false)
  expect(await updateConnection(db, { ...change, credential: null })).toBe(false)
  expect(await contents(db)).toEqual(before)
})

it('creating an id that is taken writes nothing', async () => {
  const db = await openDemo()
  await addConnection(db, { uid: 'con_1', connectionId: 'mine', credential: credentialWrite(), texts })
  const before = await contents(db)
  const row = connectionRow('con_2', { connectionId: 'mine' })
  const second = { connection: row, credential: credentialWrite({ sealed: 'theirs' }), metadataTexts: texts }
  expect(await insertConnection(db, second)).toBe(false)
  expect(await contents(db)).toEqual(before)
})

it('of ten changes at once to one revision exactly one happens', async () => {
  const db = await openDemo()
  await addConnection(db, { uid: 'con_1' })
  const changeTo = (name: string) => updateConnection(db, { ...change, changes: { name }, credential: credentialWrite({ sealed: name }) })
  const won = await Promise.all(Array.from({ length: 10 }, (_, index) => changeTo(`${index}`)))
  expect(won.filter(Boolean)).toHaveLength(1)
  const winner = `${won.indexOf(true)}`
  const found = await findConnectionByUid(db, { uid: 'con_1' })
  expect(found).toMatchObject({ connection: { name: winner, revision: 2 }, credential: { sealed: winner } })
})

it('a deleted connection leaves no row behind', async () => {
  const db = await openDemo()
  await addConnection(db, { uid: 'con_1', credential: credentialWrite(), texts })
  expect(await deleteConnection(db, { uid: 'con_1', at: 1 })).toBe(true)
  expect(await deleteConnection(db, { uid: 'con_1', at: 1 })).toBe(false)
  expect(await contents(db)).toEqual({ connections: [], credentials: [], metadata: [] })
})
