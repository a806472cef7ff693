import { sql } from 'drizzle-orm'
import { expect, it, onTestFinished } from 'vitest'
import { findConnection, insertConnection, updateConnection } from '../../db/queries/connections.ts'
import { deleteNamespace, listNamespaces } from '../../db/queries/namespaces.ts'
import { insertOrganization, listOrganizations } from '../../db/queries/organizations.ts'
import { Secret } from '../../server/lib/secret.ts'
import { startHranaServer } from '../support/hrana-server.ts'
import { addConnection, addDemoNamespace, connectionRow, credentialWrite } from './sample-rows.ts'
import { openBeside, openTemporary, temporaryPath } from './temporary-database.ts'

async function startServer(token?: string) {
  const path = temporaryPath()
  const server = await startHranaServer({ path, token })
  onTestFinished(() => server.close())
  return { url: server.url, path }
}

/** Two processes' worth of databases on one server. */
async function openTwo() {
  const { url, path } = await startServer()
  const [left, right] = await Promise.all([openTemporary({ url }), openTemporary({ url })])
  return { left, right, path }
}

it('two that start at once on an empty server migrate it once', async () => {
  const { left } = await openTwo()
  const ledger = sql`SELECT count(*), count(DISTINCT version) FROM schema_migration`
  const [applied] = await left.read(left.build.values<[number, number]>(ledger))
  expect(applied?.[0]).toBeGreaterThan(0)
  expect(applied?.[0]).toBe(applied?.[1])
})

it('what one process wrote the other reads at once', async () => {
  const { left, right } = await openTwo()
  await addDemoNamespace(left)
  await addConnection(left, { uid: 'con_1', metadata: { userId: 7 }, credential: credentialWrite() })
  const found = await findConnection(right, { namespace: 'demo', connectionId: 'id-con_1' })
  expect(found).toMatchObject({
    connection: { uid: 'con_1', metadata: { userId: 7 }, createdAt: 1000 },
    credential: { sealed: 'sealed-1' },
  })
})

it('of two processes that change the same revision one wins, with all of its rows', async () => {
  const { left, right } = await openTwo()
  await addDemoNamespace(left)
  await addConnection(left, { uid: 'con_1' })
  const sealedAs = (sealed: string) => credentialWrite({ sealed, generation: 2 })
  const change = (name: string) => ({ uid: 'con_1', expectedRevision: 1, changes: { name }, credential: sealedAs(name) })
  const won = await Promise.all([updateConnection(left, change('left')), updateConnection(right, change('right'))])
  const winner = won[0] ? 'left' : 'right'
  expect([...won].sort()).toEqual([false, true])
  const found = await findConnection(right, { namespace: 'demo', connectionId: 'id-con_1' })
  expect(found).toMatchObject({ connection: { name: winner, revision: 2, credentialGeneration: 2 }, credential: { sealed: winner } })
})

it('of two processes that create the same id one wins', async () => {
  const { left, right } = await openTwo()
  await addDemoNamespace(left)
  const create = (uid: string) => ({ connection: connectionRow(uid, { connectionId: 'mine' }), metadataTexts: [] })
  const won = await Promise.all([insertConnection(left, create('con_1')), insertConnection(right, create('con_2'))])
  expect([...won].sort()).toEqual([false, true])
})

it('deleting a namespace takes its connections along', async () => {
  const { left, right } = await openTwo()
  await addDemoNamespace(left)
  await addConnection(left, { uid: 'con_1', credential: credentialWrite(), texts: [{ key: 'a', value: 'b' }] })
  expect(await deleteNamespace(right, { name: 'demo', organizationId: 'org_1', at: 1 })).toBe(true)
  expect(await listNamespaces(left, { organizationId: 'org_1' })).toEqual([])
  for (const table of ['connection', 'credential', 'connection_metadata']) {
    expect(await left.read(left.build.values(sql.raw(`SELECT * FROM ${table}`)))).toEqual([])
  }
})

it('a write waits while the server is busy', async () => {
  const { url, path } = await startServer()
  const beside = openBeside(path)
  let sleeps = 0
  const db = await openTemporary({
    url,
    sleep: async () => {
      sleeps += 1
      if (sleeps === 2) beside.exec('COMMIT')
    },
  })
  beside.exec('BEGIN IMMEDIATE')
  await insertOrganization(db, { id: 'o', name: 'Acme', createdAt: 0 })
  expect(sleeps).toBe(2)
  expect(await listOrganizations(db)).toHaveLength(1)
})

it('the token opens the server; without it, and when the server is gone, the answer is that it cannot be used', async () => {
  const { url } = await startServer('s3cret')
  await openTemporary({ url, authToken: new Secret('s3cret') })
  await expect(openTemporary({ url })).rejects.toMatchObject({ code: 'database.unreachable' })
  await expect(openTemporary({ url: 'http://127.0.0.1:1' })).rejects.toMatchObject({ code: 'database.unreachable', retryAfterSeconds: 1 })
})
