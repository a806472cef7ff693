import { beforeEach, expect, it } from 'vitest'
import type { Database } from '../../../db/database.ts'
import { updateConnection } from '../../../db/queries/connections.ts'
import { listConnections, type ListConnectionsInput } from '../../../db/queries/list-connections.ts'
import { insertNamespace } from '../../../db/queries/namespaces.ts'
import { openDatabase } from '../../../db/open.ts'
import { addConnection, addDemoNamespace } from '../sample-rows.ts'

let db: Database

beforeEach(async () => {
  db = await openDatabase({ url: ':memory:', now: () => 0 })
  await addDemoNamespace(db)
  return () => db.close()
})

const plan = (value: string) => ({ key: 'plan', value })
const user = (value: string) => ({ key: 'userId', value })

/** The uids of all pages, page by page. */
async function walk(input: Omit<ListConnectionsInput, 'namespace'>): Promise<string[][]> {
  const pages: string[][] = []
  let after = input.after
  do {
    const { rows, next } = await listConnections(db, { namespace: 'demo', ...input, after })
    pages.push(rows.map(({ uid }) => uid))
    after = next
  } while (after)
  return pages
}

it('pages are newest first, and connections of one millisecond are neither repeated nor lost between pages', async () => {
  for (const [uid, createdAt] of [['a', 1], ['b', 2], ['c', 2], ['d', 2], ['e', 3]] as const) await addConnection(db, { uid, createdAt })
  expect(await walk({ limit: 2 })).toEqual([['e', 'd'], ['c', 'b'], ['a']])
  expect(await walk({ limit: 5 })).toEqual([['e', 'd', 'c', 'b', 'a']])
})

it('a page goes on where the last one ended, whatever was created or deleted since', async () => {
  for (const uid of ['a', 'b', 'c', 'd']) await addConnection(db, { uid, createdAt: 1 })
  const { next } = await listConnections(db, { namespace: 'demo', limit: 2 })
  await addConnection(db, { uid: 'new', createdAt: 9 })
  expect((await listConnections(db, { namespace: 'demo', limit: 2, after: next })).rows.map(({ uid }) => uid)).toEqual(['b', 'a'])
})

it('metadata filters must all match, whichever of them is the rarer', async () => {
  await addConnection(db, { uid: 'a', texts: [plan('free'), user('1')] })
  await addConnection(db, { uid: 'b', texts: [plan('free'), user('2')] })
  await addConnection(db, { uid: 'c', texts: [plan('pro'), user('1')] })
  await addConnection(db, { uid: 'd' })
  expect(await walk({ limit: 9, metadata: [plan('free')] })).toEqual([['b', 'a']])
  expect(await walk({ limit: 1, metadata: [plan('free')] })).toEqual([['b'], ['a']])
  expect(await walk({ limit: 9, metadata: [plan('free'), user('1')] })).toEqual([['a']])
  expect(await walk({ limit: 9, metadata: [user('1'), plan('free')] })).toEqual([['a']])
  expect(await walk({ limit: 9, metadata: [user('1'), user('2')] })).toEqual([[]])
})

it('name, URL and state filter alone and together with metadata', async () => {
  await addConnection(db, { uid: 'a', name: 'Linear', mcpUrlDigest: 'l', status: { state: 'error' }, texts: [plan('free')] })
  await addConnection(db, { uid: 'b', name: 'GitHub', mcpUrlDigest: 'g', texts: [plan('free')] })
  expect(await walk({ limit: 9, name: 'Linear' })).toEqual([['a']])
  expect(await walk({ limit: 9, mcpUrlDigest: 'g' })).toEqual([['b']])
  expect(await walk({ limit: 9, state: 'error' })).toEqual([['a']])
  expect(await walk({ limit: 9, state: 'error', name: 'GitHub' })).toEqual([[]])
  expect(await walk({ limit: 9, state: 'connected', metadata: [plan('free')] })).toEqual([['b']])
})

it('a filter sees new metadata at once and no longer the old', async () => {
  await addConnection(db, { uid: 'a', texts: [plan('free')] })
  await updateConnection(db, { uid: 'a', expectedRevision: 1, changes: {}, metadataTexts: [plan('pro')] })
  expect(await walk({ limit: 9, metadata: [plan('free')] })).toEqual([[]])
  expect(await walk({ limit: 9, metadata: [plan('pro')] })).toEqual([['a']])
})

it('connections of other namespaces are never listed', async () => {
  await insertNamespace(db, { name: 'other', organizationId: 'org_1', createdAt: 0 })
  await addConnection(db, { uid: 'a', namespace: 'other', texts: [plan('free')] })
  expect(await walk({ limit: 9 })).toEqual([[]])
  expect(await walk({ limit: 9, metadata: [plan('free')] })).toEqual([[]])
})

it('keys and values that look like SQL or JSON are only text', async () => {
  const odd = [`'; DROP TABLE connection; --`, '$.plan', '"quoted"', '{"a":1}', 'ключ ☃', '']
  for (const [index, text] of odd.entries()) await addConnection(db, { uid: `con_${index}`, texts: [{ key: text, value: text }] })
  for (const [index, text] of odd.entries()) {
    expect(await walk({ limit: 9, metadata: [{ key: text, value: text }] })).toEqual([[`con_${index}`]])
  }
})
