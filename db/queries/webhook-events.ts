// What happens to a connection, told to whoever wants to hear it: statements for the very batch that makes it happen, so that
// an event is on record if and only if its cause is. Where nobody listens, they write nothing.
import { and, eq, isNull, ne, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { connection, type StoredStatus } from '../schema/connection.ts'
import { webhookDelivery } from '../schema/webhook-delivery.ts'
import { webhookEndpoint, type WebhookEvent } from '../schema/webhook-endpoint.ts'

interface EventInput {
  type: WebhookEvent | SQL
  /** Of which connections, as they are when the statement runs. */
  when: SQL | undefined
  /** What the status is then; the stored one if left out. */
  status?: StoredStatus
  /** Whether the stored one is what it was before. */
  changes?: true
  at: number
}

/** One message for each endpoint of the connection's namespace that asked for this type. */
function tell(db: Database, { type, when, status, changes, at }: EventInput): SQLWrapper {
  const statusNow = status ? sql`json(${JSON.stringify(status)})` : sql`json(${connection.status})`
  const before = changes ? sql`, 'previousStatus', json(${connection.status})` : sql``
  const payload = sql`json_object('type', ${type}, 'timestamp', ${new Date(at).toISOString()}, 'data', json_object(
    'namespace', ${connection.namespace}, 'connectionId', ${connection.connectionId}, 'status', ${statusNow}${before}, 'metadata', json(${connection.metadata})))`
  const wants = sql`EXISTS (SELECT 1 FROM json_each(${webhookEndpoint.events}) WHERE value = ${type})`
  const isListening = and(
    eq(webhookEndpoint.namespace, connection.namespace),
    eq(webhookEndpoint.organizationId, connection.organizationId),
    isNull(webhookEndpoint.disabledBecause),
  )
  return sql`
    INSERT INTO ${webhookDelivery} (id, endpoint_id, type, payload, state, attempts, next_attempt_at, created_at)
    SELECT 'msg_' || lower(hex(randomblob(16))), ${webhookEndpoint.id}, ${type}, ${payload}, 'pending', 0, ${db.now()}, ${at}
    FROM ${connection} CROSS JOIN ${webhookEndpoint} ON ${isListening} WHERE ${and(when, wants)}`
}

/** Beside the status that is about to be stored; nothing, if it is the one that is stored. */
export function tellStatus(db: Database, { when, status, at }: { when: SQL | undefined; status: StoredStatus; at: number }): SQLWrapper {
  const isNews = and(when, ne(connection.state, status.state), isNull(connection.deletedAt))
  return tell(db, { type: eventOfStatus(status), when: isNews, status, changes: true, at })
}

/** What works again after an error has recovered; after anything else it was connected. */
const eventOfStatus = ({ state }: StoredStatus): SQL =>
  state === 'connected'
    ? sql`CASE ${connection.state} WHEN 'error' THEN 'connection.recovered' ELSE 'connection.connected' END`
    : sql`${`connection.${state}`}`

/** After its insertion: that it is there, and how it stands. */
export function tellCreation(db: Database, { uid, status, at }: { uid: string; status: StoredStatus; at: number }): SQLWrapper[] {
  const when = eq(connection.uid, uid)
  return [tell(db, { type: 'connection.created', when, at }), tell(db, { type: sql`${`connection.${status.state}`}`, when, at })]
}

/** Before their deletion. */
export const tellDeletion = (db: Database, { when, at }: { when: SQL | undefined; at: number }): SQLWrapper =>
  tell(db, { type: 'connection.deleted', when, at })

/** What its server offers, as listed in whole just now. The first list is no news. */
export async function setToolsDigest(db: Database, { uid, digest, at }: { uid: string; digest: string; at: number }): Promise<void> {
  const itself = eq(connection.uid, uid)
  await db.writeBatch([
    tell(db, { type: 'connection.tools_changed', when: and(itself, ne(connection.toolsDigest, digest), isNull(connection.deletedAt)), at }),
    db.build.update(connection).set({ toolsDigest: digest }).where(itself),
  ])
}
