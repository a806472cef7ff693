import { beforeEach, expect, it } from 'vitest'
import type { Database } from '../../../db/database.ts'
import { openDatabase } from '../../../db/open.ts'
import {
  findApiKeyByDigest,
  findApiKeys,
  insertApiKey,
  listApiKeys,
  recordApiKeyUse,
  revokeApiKey,
} from '../../../db/queries/api-keys.ts'
import { findCanary, insertCanary, replaceCanary } from '../../../db/queries/canary.ts'
import { deleteDataKey, insertDataKey, listDataKeys, replaceWrappedKey } from '../../../db/queries/data-keys.ts'
import { findNamespace, insertNamespace, listNamespaces } from '../../../db/queries/namespaces.ts'
import { findOrganization, insertOrganization, listOrganizations } from '../../../db/queries/organizations.ts'
import { addUsage, listUsage } from '../../../db/queries/usage.ts'
import { addConnection, addDemoNamespace, apiKeyRow } from '../sample-rows.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase({ url: ':memory:', now: () => 0 })
  await addDemoNamespace(db)
  await insertOrganization(db, { id: 'org_2', name: 'Other', createdAt: 1 })
  return () => db.close()
})

it('organizations are found by id and listed oldest first', async () => {
  expect(await findOrganization(db, 'org_2')).toEqual({ id: 'org_2', name: 'Other', createdAt: 1 })
  expect(await findOrganization(db, 'org_3')).toBeUndefined()
  expect((await listOrganizations(db)).map(({ id }) => id)).toEqual(['org_1', 'org_2'])
})

it('a namespace name belongs to whoever took it first', async () => {
  expect(await insertNamespace(db, { name: 'demo', organizationId: 'org_2', createdAt: 1 })).toBe(false)
  expect(await insertNamespace(db, { name: 'theirs', organizationId: 'org_2', createdAt: 1 })).toBe(true)
  expect(await findNamespace(db, 'demo')).toMatchObject({ organizationId: 'org_1' })
  expect((await listNamespaces(db, { organizationId: 'org_2' })).map(({ name }) => name)).toEqual(['theirs'])
})

it('a key is found by its digest, revoked once and only by its organization', async () => {
  await insertApiKey(db, apiKeyRow('key_1', { isRoot: true, expiresAt: 9000 }))
  expect(await findApiKeyByDigest(db, 'digest-of-key_1')).toEqual(apiKeyRow('key_1', { isRoot: true, expiresAt: 9000 }))
  expect(await findApiKeyByDigest(db, 'digest-of-key_2')).toBeUndefined()
  expect(await revokeApiKey(db, { organizationId: 'org_2', id: 'key_1', at: 5000 })).toBe(false)
  expect(await revokeApiKey(db, { organizationId: 'org_1', id: 'key_1', at: 5000 })).toBe(true)
  expect(await revokeApiKey(db, { organizationId: 'org_1', id: 'key_1', at: 6000 })).toBe(false)
  expect(await findApiKeyByDigest(db, 'digest-of-key_1')).toMatchObject({ revokedAt: 5000 })
})

it('keys are found by their ids, all that there are', async () => {
  for (const id of ['key_1', 'key_2', 'key_3']) await insertApiKey(db, apiKeyRow(id))
  expect((await findApiKeys(db, ['key_3', 'key_1', 'nobodys'])).map(({ id }) => id).toSorted()).toEqual(['key_1', 'key_3'])
})

it('keys are listed newest first, with their last use', async () => {
  await insertApiKey(db, apiKeyRow('key_1', { createdAt: 1 }))
  await insertApiKey(db, apiKeyRow('key_2', { createdAt: 2 }))
  await recordApiKeyUse(db, [{ id: 'key_1', at: 70 }, { id: 'key_1', at: 60 }])
  const listed = await listApiKeys(db, { organizationId: 'org_1' })
  expect(listed.map(({ id, lastUsedAt }) => [id, lastUsedAt])).toEqual([['key_2', null], ['key_1', 70]])
})

it('a data key is made once, wrapped anew only from what was read, and removed', async () => {
  const name = { organizationId: '', purpose: 'root' as const, version: 1 }
  const row = { ...name, wrapped: 'wrapped-1', kekId: 'k1', createdAt: 1 }
  expect(await insertDataKey(db, row)).toBe(true)
  expect(await insertDataKey(db, { ...row, wrapped: 'theirs' })).toBe(false)
  expect(await replaceWrappedKey(db, { ...name, wrapped: 'wrapped-2', kekId: 'k2', expectedWrapped: 'theirs' })).toBe(false)
  expect(await replaceWrappedKey(db, { ...name, wrapped: 'wrapped-2', kekId: 'k2', expectedWrapped: 'wrapped-1' })).toBe(true)
  expect(await listDataKeys(db)).toEqual([{ ...row, wrapped: 'wrapped-2', kekId: 'k2' }])
  expect(await deleteDataKey(db, name)).toBe(true)
  expect(await deleteDataKey(db, name)).toBe(false)
})

it('there is one canary, replaced only from what was read', async () => {
  expect(await findCanary(db)).toBeUndefined()
  expect(await insertCanary(db, { sealed: 's1', kekId: 'k1' })).toBe(true)
  expect(await insertCanary(db, { sealed: 's2', kekId: 'k2' })).toBe(false)
  expect(await replaceCanary(db, { sealed: 's2', kekId: 'k2', expectedSealed: 'other' })).toBe(false)
  expect(await replaceCanary(db, { sealed: 's2', kekId: 'k2', expectedSealed: 's1' })).toBe(true)
  expect(await findCanary(db)).toMatchObject({ sealed: 's2', kekId: 'k2' })
})

it('usage adds up per minute and tool, across flushes larger than one statement, without deleted connections', async () => {
  await addConnection(db, { uid: 'con_1' })
  const bucket = { connectionUid: 'con_1', minute: 60_000, tool: 'echo', calls: 2, errors: 1, totalDurationMs: 30, latency: [1, 0, 1] }
  const others = Array.from({ length: 450 }, (_, index) => ({ ...bucket, minute: 120_000 + index }))
  await addUsage(db, [bucket, { ...bucket, connectionUid: 'gone' }, { ...bucket, tool: 'add' }, ...others])
  await addUsage(db, [{ ...bucket, latency: [0, 5, 1, 2] }])
  const all = await listUsage(db, { connectionUid: 'con_1', sinceMinute: 0 })
  expect(all).toHaveLength(452)
  expect(all.slice(0, 2)).toEqual([
    { ...bucket, tool: 'add' },
    { ...bucket, calls: 4, errors: 2, totalDurationMs: 60, latency: [1, 5, 2, 2] },
  ])
  expect(await listUsage(db, { connectionUid: 'con_1', sinceMinute: 120_449 })).toHaveLength(1)
  expect(await listUsage(db, { connectionUid: 'gone', sinceMinute: 0 })).toEqual([])
})
