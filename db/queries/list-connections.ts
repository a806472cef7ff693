// Pages of a namespace's connections, newest first. Every filter is answered by an index that ends in the
// order of the pages, so a page costs what it shows, not what the namespace holds.
import { desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { connectionMetadata } from '../schema/connection-metadata.ts'
import { connection, type ConnectionRow } from '../schema/connection.ts'
import type { MetadataText } from './connection-children.ts'
import { planSearch, rarestFirst, searchKeys, type ConnectionSearch, type PagePosition } from './connection-search.ts'

export interface ListConnectionsInput extends ConnectionSearch {
  limit: number
  /** Of these alternatives one must match, too, with all its pairs. */
  scope?: readonly (readonly MetadataText[])[] | undefined
}

/** What a list shows. Reading 100 rows costs more than finding them, so the rest of a row stays where it is. */
const { revision: _revision, mcpUrlDigest: _digest, protocol: _protocol, state: _state, deletedAt: _deletedAt, ...listedColumns } =
  getTableColumns(connection)
export type ListedConnection = Pick<ConnectionRow, keyof typeof listedColumns>

export interface ConnectionPage {
  rows: ListedConnection[]
  /** Where the next page goes on, if there is one. */
  next?: PagePosition
}

export async function listConnections(db: Database, input: ListConnectionsInput): Promise<ConnectionPage> {
  const searches = await rarestFirst(db, input.namespace, searchesOf(input))
  const rows = searches.length === 0 ? [] : await readRows(db, input, searches)
  const last = rows[input.limit - 1]
  if (rows.length <= input.limit || !last) return { rows }
  return { rows: rows.slice(0, input.limit), next: { createdAt: last.createdAt, uid: last.uid } }
}

/** What is asked for, in each way in which it may be seen. */
function searchesOf({ metadata = [], scope = [[]] }: ListConnectionsInput): (readonly MetadataText[])[] {
  const wanted = scope.map((pairs) => [...metadata, ...pairs.filter((pair) => !metadata.some((same) => same.key === pair.key && same.value === pair.value))])
  return wanted.filter((pairs) => !pairs.some((pair) => pairs.some((other) => other.key === pair.key && other.value !== pair.value)))
}

/** One row more than the limit, which tells whether there is a next page. */
function readRows(db: Database, input: ListConnectionsInput, searches: readonly (readonly MetadataText[])[]): Promise<ListedConnection[]> {
  const [only, ...others] = searches
  return db.read(others.length === 0 ? pageOfOne(db, { ...input, metadata: only }) : pageOfSeveral(db, input, searches))
}

function pageOfOne(db: Database, input: ListConnectionsInput) {
  const { leads, where, createdAt, uid } = planSearch(db, input)
  const query = db.build.select(listedColumns).from(connection).$dynamic()
  const found = leads ? query.innerJoin(connectionMetadata, eq(connectionMetadata.connectionUid, connection.uid)) : query
  return found.where(where).orderBy(desc(createdAt), desc(uid)).limit(input.limit + 1)
}

/** A page of each, of which the newest are the page. */
function pageOfSeveral(db: Database, input: ListConnectionsInput, searches: readonly (readonly MetadataText[])[]) {
  const rows = input.limit + 1
  const pages = searches.map((metadata) => {
    const { statement, plan } = searchKeys(db, { ...input, metadata })
    return sql`SELECT * FROM (${statement} ORDER BY ${plan.createdAt} DESC, ${plan.uid} DESC LIMIT ${rows})`
  })
  const newest = sql`SELECT uid FROM (${sql.join(pages, sql` UNION `)}) ORDER BY created_at DESC, uid DESC LIMIT ${rows}`
  return db.build.select(listedColumns).from(connection).where(inArray(connection.uid, sql`(${newest})`)).orderBy(desc(connection.createdAt), desc(connection.uid))
}
