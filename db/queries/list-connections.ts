// Pages of a namespace's connections, newest first. Every filter is answered by an index that ends in the
// order of the pages, so a page costs what it shows, not what the namespace holds.
import { and, desc, eq, exists, getTableColumns, isNull, sql, type SQL } from 'drizzle-orm'
import { alias, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Database } from '../database.ts'
import { connectionMetadata } from '../schema/connection-metadata.ts'
import { connection, type ConnectionRow, type ConnectionState } from '../schema/connection.ts'
import type { MetadataText } from './connection-children.ts'

export interface PagePosition {
  createdAt: number
  uid: string
}

export interface ListConnectionsInput {
  namespace: string
  limit: number
  after?: PagePosition | undefined
  name?: string | undefined
  mcpUrlDigest?: string | undefined
  state?: ConnectionState | undefined
  /** All of them must match. */
  metadata?: readonly MetadataText[] | undefined
}

/** What a list shows. Reading 100 rows costs more than finding them, so the rest of a row stays where it is. */
const { revision: _revision, mcpUrlDigest: _digest, protocol: _protocol, namespace: _namespace, state: _state, deletedAt: _deletedAt, ...listedColumns } =
  getTableColumns(connection)
export type ListedConnection = Pick<ConnectionRow, keyof typeof listedColumns>

export interface ConnectionPage {
  rows: ListedConnection[]
  /** Where the next page goes on, if there is one. */
  next?: PagePosition
}

export async function listConnections(db: Database, input: ListConnectionsInput): Promise<ConnectionPage> {
  const pairs = await rarestFirst(db, input.namespace, input.metadata ?? [])
  const rows = await db.read(connectionPageQuery(db, { ...input, metadata: pairs }))
  const last = rows[input.limit - 1]
  if (rows.length <= input.limit || !last) return { rows }
  return { rows: rows.slice(0, input.limit), next: { createdAt: last.createdAt, uid: last.uid } }
}

/** One row more than the limit, which tells whether there is a next page. The first pair of the metadata leads the search. */
export function connectionPageQuery(db: Database, input: ListConnectionsInput) {
  const { namespace, limit, after, name, mcpUrlDigest, state, metadata: [first, ...others] = [] } = input
  const filters = and(
    isNull(connection.deletedAt),
    name === undefined ? undefined : eq(connection.name, name),
    mcpUrlDigest === undefined ? undefined : eq(connection.mcpUrlDigest, mcpUrlDigest),
    state === undefined ? undefined : eq(connection.state, state),
    ...others.map((pair) => hasPair(db, namespace, pair)),
  )
  const query = db.build.select(listedColumns).from(connection).$dynamic()
  if (!first) {
    return query
      .where(and(eq(connection.namespace, namespace), isAfter(after, connection.createdAt, connection.uid), filters))
      .orderBy(desc(connection.createdAt), desc(connection.uid))
      .limit(limit + 1)
  }
  const { connectionCreatedAt, connectionUid } = connectionMetadata
  return query
    .innerJoin(connectionMetadata, eq(connectionUid, connection.uid))
    .where(and(matches(connectionMetadata, namespace, first), isAfter(after, connectionCreatedAt, connectionUid), filters))
    .orderBy(desc(connectionCreatedAt), desc(connectionUid))
    .limit(limit + 1)
}

const isAfter = (after: PagePosition | undefined, createdAt: SQLiteColumn, uid: SQLiteColumn): SQL | undefined =>
  after && sql`(${createdAt}, ${uid}) < (${after.createdAt}, ${after.uid})`

const matches = (table: Record<'namespace' | 'key' | 'value', SQLiteColumn>, namespace: string, { key, value }: MetadataText) =>
  and(eq(table.namespace, namespace), eq(table.key, key), eq(table.value, value))

function hasPair(db: Database, namespace: string, pair: MetadataText): SQL {
  const other = alias(connectionMetadata, 'other')
  const same = and(eq(other.connectionCreatedAt, connection.createdAt), eq(other.connectionUid, connection.uid))
  return exists(db.build.select({ one: sql`1` }).from(other).where(and(matches(other, namespace, pair), same)))
}

/** Beyond this many, how common a pair is makes no difference worth counting. */
const RARE_ROWS = 1000

/** {plan: free, userId: 17} must search the one row of userId, not the half of the namespace that is free. */
async function rarestFirst(db: Database, namespace: string, pairs: readonly MetadataText[]): Promise<readonly MetadataText[]> {
  if (pairs.length < 2) return pairs
  const counts = pairs.map((pair, index) => {
    const matching = db.build.select({ one: sql`1`.as('one') }).from(connectionMetadata).where(matches(connectionMetadata, namespace, pair))
    return sql`SELECT ${index}, count(*) FROM (${matching.limit(RARE_ROWS)})`
  })
  const counted = await db.read(db.build.values<[number, number]>(sql.join(counts, sql` UNION ALL `)))
  const rows = new Map(counted.map(([index, count]) => [pairs[index], count]))
  return pairs.toSorted((left, right) => (rows.get(left) ?? 0) - (rows.get(right) ?? 0))
}
