// The audit log: appended to, read, and nothing else.
import { and, asc, desc, eq, getTableColumns, gt, gte, lt, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { isTaken } from '../errors.ts'
import { auditEntry, type AuditEntryRow, type AuditResult } from '../schema/audit-entry.ts'
import { auditHead, type AuditHeadRow } from '../schema/audit-head.ts'

/** What is stored of the end of a chain: the row that says where it is, and the last entry that is there. */
export interface StoredEnd {
  head: AuditHeadRow | undefined
  last: Pick<AuditEntryRow, 'seq' | 'mac'> | undefined
}

/** In one statement: another process may append between two. */
export async function readChainEnd(db: Database, organizationId: string): Promise<StoredEnd> {
  const rows = await db.read(
    db.build.values<[part: 'head' | 'last', seq: number, mac: string, seal: string | null]>(sql`
      SELECT 'head', seq, mac, seal FROM audit_head WHERE organization_id = ${organizationId}
      UNION ALL SELECT * FROM (
        SELECT 'last', seq, mac, NULL FROM audit_entry WHERE organization_id = ${organizationId} ORDER BY seq DESC LIMIT 1)`),
  )
  const end: StoredEnd = { head: undefined, last: undefined }
  for (const [part, seq, mac, seal] of rows) {
    if (part === 'head') end.head = { organizationId, seq, mac, seal: seal ?? '' }
    else end.last = { seq, mac }
  }
  return end
}

/** All or nothing. False if somebody else has appended since the chain was read: two entries cannot have one place. */
export async function appendAuditEntries(db: Database, rows: readonly AuditEntryRow[], head: AuditHeadRow): Promise<boolean> {
  const { seq, mac, seal } = head
  try {
    await db.writeBatch([
      db.build.insert(auditEntry).values([...rows]),
      db.build.insert(auditHead).values(head).onConflictDoUpdate({ target: auditHead.organizationId, set: { seq, mac, seal } }),
    ])
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

export interface AuditFilter {
  actorId?: string | undefined
  action?: string | undefined
  targetId?: string | undefined
  namespace?: string | undefined
  result?: AuditResult | undefined
  fromMs?: number | undefined
  /** Up to before this moment. */
  toMs?: number | undefined
}

export interface ListedAuditEntry extends Omit<AuditEntryRow, 'organizationId' | 'mac'> {
  /** The key's or the member's; null if it is gone, or was none. */
  actorName: string | null
}

const { organizationId: _organizationId, mac: _mac, ...listedColumns } = getTableColumns(auditEntry)

const actorName = sql<string | null>`CASE ${auditEntry.actorKind}
  WHEN 'api_key' THEN (SELECT api_key.name FROM api_key WHERE api_key.id = ${auditEntry.actorId})
  WHEN 'member' THEN (SELECT member.name FROM member WHERE member.id = ${auditEntry.actorId}) END`

/** Newest first. */
export const listAuditEntries = (
  db: Database,
  { organizationId, filter, before, limit }: { organizationId: string; filter: AuditFilter; before: number | undefined; limit: number },
): Promise<ListedAuditEntry[]> =>
  db.read(
    db.build
      .select({ ...listedColumns, actorName })
      .from(auditEntry)
      .where(
        and(
          eq(auditEntry.organizationId, organizationId),
          before === undefined ? undefined : lt(auditEntry.seq, before),
          filter.actorId === undefined ? undefined : eq(auditEntry.actorId, filter.actorId),
          filter.action === undefined ? undefined : eq(auditEntry.action, filter.action),
          filter.targetId === undefined ? undefined : eq(auditEntry.targetId, filter.targetId),
          filter.namespace === undefined ? undefined : eq(auditEntry.namespace, filter.namespace),
          filter.result === undefined ? undefined : eq(auditEntry.result, filter.result),
          filter.fromMs === undefined ? undefined : gte(auditEntry.at, filter.fromMs),
          filter.toMs === undefined ? undefined : lt(auditEntry.at, filter.toMs),
        ),
      )
      .orderBy(desc(auditEntry.seq))
      .limit(limit),
  )

/** As they are stored, oldest first, from the one after `after`. */
export const readChain = (db: Database, { organizationId, after, limit }: { organizationId: string; after: number; limit: number }): Promise<AuditEntryRow[]> =>
  db.read(
    db.build
      .select()
      .from(auditEntry)
      .where(and(eq(auditEntry.organizationId, organizationId), gt(auditEntry.seq, after)))
      .orderBy(asc(auditEntry.seq))
      .limit(limit),
  )

export interface UsedConnection {
  uid: string
  organizationId: string
  namespace: string
  connectionId: string
}

/** Those of the connections that have a credential or a grant. */
export const findCredentialOwners = (db: Database, uids: readonly string[]): Promise<UsedConnection[]> =>
  db
    .read(
      db.build.values<[string, string, string, string]>(sql`
        SELECT uid, organization_id, namespace, connection_id
        FROM json_each(${JSON.stringify(uids)}) AS used CROSS JOIN connection ON uid = used.value
        WHERE EXISTS (SELECT 1 FROM credential WHERE connection_uid = uid) OR EXISTS (SELECT 1 FROM oauth_grant WHERE connection_uid = uid)`),
    )
    .then((rows) => rows.map(([uid, organizationId, namespace, connectionId]) => ({ uid, organizationId, namespace, connectionId })))
