import { sql } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import type { Database } from '../../../db/database.ts'
import { openDatabase } from '../../../db/open.ts'
import {
  deleteConnection,
  findConnection,
  findConnectionByUid,
  insertConnection,
  recordConnectionUse,
  setConnectionStatus,
  updateConnection,
} from '../../../db/queries/connections.ts'
import { listCredentialsForRewrap, replaceSealed } from '../../../db/queries/credentials.ts'
import { deleteNamespace, insertNamespace } from '../../../db/queries/namespaces.ts'
import { insertOrganization } from '../../../db/queries/organizations.ts'
import { addConnection, addDemoNamespace, connectionRow, credentialWrite } from '../sample-rows.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase({ url: ':memory:', now: () => 0 })
  await addDemoNamespace(db)
  return () => db.close()
})

const find = async (uid: string) => (await findConnectionByUid(db, { uid }))?.connection

it('a connection comes back as it was stored, with its credential, by name and by uid', async () => {
  const metadata = { userId: 'u-1', nested: { list: [1, null, true] }, unicode: '☃' }
  const status = { state: 'auth_required' as const, message: 'Consent is needed' }
  await addConnection(db, { uid: 'con_1', connectionId: 'mine', metadata, status, credential: credentialWrite() })
  const found = await findConnection(db, { namespace: 'demo', connectionId: 'mine' })
  expect(found).toEqual({
    connection: {
      ...connectionRow('con_1', { connectionId: 'mine', metadata, status }),
      state: 'auth_required',
      serverInfo: null,
      protocol: null,
      toolsDigest: null,
      lastUsedAt: null,
      deletedAt: null,
      oauth: null,
      machineGrant: null,
      authorizationParams: null,
    },
    credential: { connectionUid: 'con_1', organizationId: 'org_1', ...credentialWrite() },
    grant: null,
  })
  expect(await findConnectionByUid(db, { uid: 'con_1' })).toEqual(found)
})

it('a connection without a credential says so; one that does not exist is undefined', async () => {
  await addConnection(db, { uid: 'con_1' })
  expect(await findConnectionByUid(db, { uid: 'con_1' })).toMatchObject({ credential: null })
  expect(await findConnection(db, { namespace: 'demo', connectionId: 'nobody' })).toBeUndefined()
})

it('a credential can be set, replaced and removed, and the generation follows what is set', async () => {
  await addConnection(db, { uid: 'con_1' })
  const change = { uid: 'con_1', changes: {} }
  await updateConnection(db, { ...change, expectedRevision: 1, credential: credentialWrite({ generation: 2 }) })
  const next = credentialWrite({ generation: 3, sealed: 'sealed-3', kind: 'query' })
  await updateConnection(db, { ...change, expectedRevision: 2, credential: next })
  expect(await findConnectionByUid(db, { uid: 'con_1' })).toMatchObject({
    connection: { revision: 3, credentialGeneration: 3 },
    credential: { generation: 3, sealed: 'sealed-3', kind: 'query' },
  })
  await updateConnection(db, { uid: 'con_1', changes: { credentialGeneration: 4 }, expectedRevision: 3, credential: null })
  expect(await findConnectionByUid(db, { uid: 'con_1' })).toMatchObject({ connection: { credentialGeneration: 4 }, credential: null })
})

it('a status sets the state that filters see and leaves the revision and what it does not name', async () => {
  await addConnection(db, { uid: 'con_1', serverInfo: { name: 'everything' } })
  const status = { state: 'error' as const, message: 'no' }
  expect(await setConnectionStatus(db, { uid: 'con_1', expectedRevision: 1, status, at: 2000 })).toBe(true)
  expect(await find('con_1')).toMatchObject({ state: 'error', status, revision: 1, updatedAt: 2000, serverInfo: { name: 'everything' } })
  const found = { serverInfo: null, protocol: { version: '2025-11-25' } }
  await setConnectionStatus(db, { uid: 'con_1', status: { state: 'disconnected' }, ...found, at: 3000 })
  expect(await find('con_1')).toMatchObject({ state: 'disconnected', serverInfo: null, protocol: { version: '2025-11-25' } })
})

it('a status that was found for an older configuration does not land on the new one', async () => {
  await addConnection(db, { uid: 'con_1' })
  await updateConnection(db, { uid: 'con_1', expectedRevision: 1, changes: { mcpUrl: 'https://elsewhere.example/mcp' } })
  expect(await setConnectionStatus(db, { uid: 'con_1', expectedRevision: 1, status: { state: 'error' }, at: 2000 })).toBe(false)
  expect(await find('con_1')).toMatchObject({ state: 'connected' })
})

it('last use only moves forward, and unknown connections are passed over', async () => {
  await addConnection(db, { uid: 'con_1' })
  await addConnection(db, { uid: 'con_2' })
  await recordConnectionUse(db, [{ uid: 'con_1', at: 50 }, { uid: 'con_1', at: 40 }, { uid: 'gone', at: 60 }])
  await recordConnectionUse(db, [{ uid: 'con_1', at: 30 }])
  expect(await find('con_1')).toMatchObject({ lastUsedAt: 50 })
  expect(await find('con_2')).toMatchObject({ lastUsedAt: null })
})

it('a successor of the same name inherits nothing', async () => {
  await addConnection(db, { uid: 'con_1', connectionId: 'mine', credential: credentialWrite() })
  await deleteConnection(db, { uid: 'con_1', at: 1 })
  await addConnection(db, { uid: 'con_2', connectionId: 'mine' })
  const found = await findConnection(db, { namespace: 'demo', connectionId: 'mine' })
  expect(found).toMatchObject({ connection: { uid: 'con_2' }, credential: null })
})

it('a connection cannot be written into a namespace of another organization, or into none', async () => {
  await insertOrganization(db, { id: 'org_2', name: 'Other', createdAt: 0 })
  const write = (changes: object) => insertConnection(db, { connection: connectionRow('con_1', changes), metadataTexts: [] })
  await expect(write({ organizationId: 'org_2' })).rejects.toMatchObject({ code: 'database.parent_deleted', kind: 'conflict' })
  await expect(write({ namespace: 'nowhere' })).rejects.toMatchObject({ code: 'database.parent_deleted' })
})

it('a namespace is deleted by its owner only, with thousands of connections in it', async () => {
  await addConnection(db, { uid: 'con_0', credential: credentialWrite(), texts: [{ key: 'userId', value: 'u-1' }] })
  await db.write(sql`
    WITH RECURSIVE copy (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM copy WHERE number < 2500)
    INSERT INTO connection (uid, connection_id, organization_id, namespace, name, mcp_url, mcp_url_digest,
      status, sessions, revision, credential_generation, created_at, updated_at)
    SELECT 'con_' || number, 'id-' || number, organization_id, namespace, name, mcp_url, mcp_url_digest,
      status, sessions, revision, credential_generation, created_at, updated_at
    FROM connection, copy WHERE uid = 'con_0'`)
  await insertNamespace(db, { name: 'kept', organizationId: 'org_1', createdAt: 0 })
  await addConnection(db, { uid: 'con_kept', namespace: 'kept' })
  expect(await deleteNamespace(db, { name: 'demo', organizationId: 'org_2', at: 1 })).toBe(false)
  expect(await find('con_7')).toBeDefined()
  expect(await deleteNamespace(db, { name: 'demo', organizationId: 'org_1', at: 1 })).toBe(true)
  expect(await find('con_7')).toBeUndefined()
  expect(await find('con_kept')).toBeDefined()
})

it('credentials are walked in pages and sealed anew only if nobody changed them meanwhile', async () => {
  for (const uid of ['con_1', 'con_2', 'con_3']) await addConnection(db, { uid, credential: credentialWrite() })
  const first = await listCredentialsForRewrap(db, { organizationId: 'org_1', limit: 2 })
  expect(first.map(({ connectionUid }) => connectionUid)).toEqual(['con_1', 'con_2'])
  expect(await listCredentialsForRewrap(db, { afterUid: 'con_2', limit: 2 })).toHaveLength(1)
  expect(await listCredentialsForRewrap(db, { organizationId: 'org_2', limit: 2 })).toEqual([])
  const replacement = { connectionUid: 'con_1', generation: 1, sealed: 'sealed-2', expectedSealed: 'sealed-1' }
  expect(await replaceSealed(db, { ...replacement, generation: 2 })).toBe(false)
  expect(await replaceSealed(db, replacement)).toBe(true)
  expect(await replaceSealed(db, replacement)).toBe(false)
})

it('a name that its organization gave up never comes to mean the namespace of another one', async () => {
  await insertOrganization(db, { id: 'org_2', name: 'Other', createdAt: 1 })
  await deleteNamespace(db, { name: 'demo', organizationId: 'org_1', at: 2 })
  expect(await insertNamespace(db, { name: 'demo', organizationId: 'org_2', createdAt: 3 })).toBe(false)
  expect(await insertNamespace(db, { name: 'demo', organizationId: 'org_1', createdAt: 3 })).toBe(true)
})
