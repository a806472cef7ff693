// How connections with certain metadata are found in a namespace: one pair leads, and its index ends in the order of the
// pages; the others are looked up for each row that it finds.
import { and, eq, exists, isNull, sql, type SQL } from 'drizzle-orm'
import { alias, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Database } from '../database.ts'
import { connectionMetadata } from '../schema/connection-metadata.ts'
import { connection, type ConnectionState } from '../schema/connection.ts'
import type { MetadataText } from './connection-children.ts'

export interface PagePosition {
  createdAt: number
  uid: string
}

export interface ConnectionSearch {
  namespace: string
  after?: PagePosition | undefined
  name?: string | undefined
  mcpUrlDigest?: string | undefined
  state?: ConnectionState | undefined
  /** All of them must match; the first leads. The key `connectionId` means the id itself. */
  metadata?: readonly MetadataText[] | undefined
}

interface SearchPlan {
  /** Joined to `connection`, if a pair leads. */
  leads: boolean
  where: SQL | undefined
  createdAt: SQLiteColumn
  uid: SQLiteColumn
}

/** Where the rows are, and by which columns they are in the order of pages. */
export function planSearch(db: Database, input: ConnectionSearch): SearchPlan {
  const { namespace, after, name, mcpUrlDigest, state, metadata = [] } = input
  const pairs = metadata.filter(({ key }) => key !== 'connectionId')
  const ids = metadata.filter(({ key }) => key === 'connectionId')
  // An id is the best lead there is.
  const [first, ...others] = ids.length > 0 ? [undefined, ...pairs] : pairs
  const filters = [
    isNull(connection.deletedAt),
    ...ids.map(({ value }) => eq(connection.connectionId, value)),
    name === undefined ? undefined : eq(connection.name, name),
    mcpUrlDigest === undefined ? undefined : eq(connection.mcpUrlDigest, mcpUrlDigest),
    state === undefined ? undefined : eq(connection.state, state),
    ...others.map((pair) => pair && hasPair(db, namespace, pair)),
  ]
  if (!first) {
    const { createdAt, uid } = connection
    return { leads: false, createdAt, uid, where: and(eq(connection.namespace, namespace), isAfter(after, createdAt, uid), ...filters) }
  }
  const { connectionCreatedAt: createdAt, connectionUid: uid } = connectionMetadata
  return { leads: true, createdAt, uid, where: and(matches(connectionMetadata, namespace, first), isAfter(after, createdAt, uid), ...filters) }
}

/** The same as a statement that finds `uid` and `created_at`, without an order. */
export function searchKeys(db: Database, input: ConnectionSearch): { statement: SQL; plan: SearchPlan } {
  const plan = planSearch(db, input)
  const source = plan.leads ? sql`${connectionMetadata} INNER JOIN ${connection} ON ${connectionMetadata.connectionUid} = ${connection.uid}` : connection
  return { plan, statement: sql`SELECT ${plan.uid} AS uid, ${plan.createdAt} AS created_at FROM ${source} WHERE ${plan.where}` }
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
/** Terms of one statement. */
const MAX_COUNTED = 100

/** {plan: free, userId: 17} must search the one row of userId, not the half of the namespace that is free. */
export async function rarestFirst(db: Database, namespace: string, searches: readonly (readonly MetadataText[])[]): Promise<readonly (readonly MetadataText[])[]> {
  const named = searches.filter(({ length }) => length > 1).flat()
  const pairs = [...new Map(named.map((pair) => [nameOf(pair), pair])).values()].slice(0, MAX_COUNTED)
  if (pairs.length < 2) return searches
  const counts = pairs.map((pair, index) => {
    const matching = db.build.select({ one: sql`1`.as('one') }).from(connectionMetadata).where(matches(connectionMetadata, namespace, pair))
    return sql`SELECT ${index}, count(*) FROM (${matching.limit(RARE_ROWS)})`
  })
  const counted = await db.read(db.build.values<[number, number]>(sql.join(counts, sql` UNION ALL `)))
  const rows = new Map(counted.map(([index, count]) => [nameOf(pairs[index]!), count]))
  const rowsOf = (pair: MetadataText) => rows.get(nameOf(pair)) ?? RARE_ROWS
  return searches.map((search) => search.toSorted((left, right) => rowsOf(left) - rowsOf(right)))
}

const nameOf = ({ key, value }: MetadataText): string => JSON.stringify([key, value])
