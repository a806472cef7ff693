// Who delivers to which endpoint now. One of all processes holds an endpoint for one message: so messages go out in order, a
// slow endpoint holds up nobody but itself, and what a process was about to deliver when it ended is taken up by the next.
import { and, asc, eq, exists, isNotNull, isNull, lte, or, sql, type SQLWrapper } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { webhookDelivery, type WebhookDeliveryRow } from '../schema/webhook-delivery.ts'
import { webhookEndpoint, type WebhookEndpointRow } from '../schema/webhook-endpoint.ts'

const isDue = (at: number) => and(isNotNull(webhookDelivery.nextAttemptAt), lte(webhookDelivery.nextAttemptAt, at))
const isFree = (at: number) => and(isNull(webhookEndpoint.disabledBecause), or(isNull(webhookEndpoint.leaseOwner), lte(webhookEndpoint.leaseUntil, at)))
const dueThere = (db: Database, at: number) =>
  db.build.select({ one: sql`1` }).from(webhookDelivery).where(and(eq(webhookDelivery.endpointId, webhookEndpoint.id), isDue(at)))

/** Endpoints with a message that is due and nobody at work, whoever waited longest first. */
export async function listWaitingEndpoints(db: Database, { at, limit }: { at: number; limit: number }): Promise<string[]> {
  // From one endpoint's first entry in the index to the next one's: what else waits at each of them costs nothing.
  const next = (after: SQLWrapper) => sql`(SELECT min(endpoint_id) FROM ${webhookDelivery} WHERE next_attempt_at IS NOT NULL AND endpoint_id > ${after})`
  const rows = await db.read(
    db.build.all<[string]>(sql`
      WITH RECURSIVE waiting (endpoint_id) AS (
        SELECT ${next(sql`''`)} UNION ALL SELECT ${next(sql`waiting.endpoint_id`)} FROM waiting WHERE endpoint_id IS NOT NULL)
      SELECT ${webhookEndpoint.id} FROM waiting CROSS JOIN ${webhookEndpoint} ON ${webhookEndpoint.id} = waiting.endpoint_id
      WHERE ${and(isFree(at), exists(dueThere(db, at)))} ORDER BY ${webhookEndpoint.lastAttemptAt} LIMIT ${limit}`),
  )
  return rows.map(([id]) => id)
}

export interface LeasedDelivery {
  endpoint: WebhookEndpointRow
  delivery: WebhookDeliveryRow
}

/** Undefined if another process was faster, or nothing is due there any more. */
export async function leaseDelivery(
  db: Database,
  { endpointId, owner, at, until }: { endpointId: string; owner: string; at: number; until: number },
): Promise<LeasedDelivery | undefined> {
  const mayTake = and(eq(webhookEndpoint.id, endpointId), isFree(at), exists(dueThere(db, at)))
  const taken = await db.write(db.build.update(webhookEndpoint).set({ leaseOwner: owner, leaseUntil: until }).where(mayTake))
  if (taken === 0) return undefined
  return db.read(
    db.build
      .select({ endpoint: webhookEndpoint, delivery: webhookDelivery })
      .from(webhookEndpoint)
      .innerJoin(webhookDelivery, eq(webhookDelivery.endpointId, webhookEndpoint.id))
      .where(and(eq(webhookEndpoint.id, endpointId), eq(webhookEndpoint.leaseOwner, owner), isDue(at)))
      .orderBy(asc(webhookDelivery.nextAttemptAt), asc(webhookDelivery.sequence))
      .limit(1)
      .get(),
  )
}

export type AttemptOutcome = Pick<WebhookDeliveryRow, 'state' | 'attempts' | 'nextAttemptAt' | 'lastAttemptAt' | 'lastStatus' | 'lastError' | 'durationMs'>
export type EndpointHealth = Pick<WebhookEndpointRow, 'failingSince' | 'disabledBecause'>

/** Fenced: whoever took so long that another took over says nothing any more. Gives the endpoint back. */
export async function finishDelivery(
  db: Database,
  input: { endpointId: string; deliveryId: string; owner: string; outcome: AttemptOutcome; health: EndpointHealth },
): Promise<void> {
  const isHeld = and(eq(webhookEndpoint.id, input.endpointId), eq(webhookEndpoint.leaseOwner, input.owner))
  const held = db.build.select({ id: webhookEndpoint.id }).from(webhookEndpoint).where(isHeld)
  await db.writeBatch([
    db.build.update(webhookDelivery).set(input.outcome).where(and(eq(webhookDelivery.id, input.deliveryId), exists(held))),
    db.build
      .update(webhookEndpoint)
      .set({
        failingSince: input.health.failingSince,
        // Somebody may have switched it off meanwhile.
        disabledBecause: sql`coalesce(${webhookEndpoint.disabledBecause}, ${input.health.disabledBecause})`,
        lastAttemptAt: input.outcome.lastAttemptAt,
        leaseOwner: null,
        leaseUntil: null,
      })
      .where(isHeld),
  ])
}

/** Without a word on the delivery: it is due as before. */
export async function releaseEndpoint(db: Database, { endpointId, owner }: { endpointId: string; owner: string }): Promise<void> {
  const isHeld = and(eq(webhookEndpoint.id, endpointId), eq(webhookEndpoint.leaseOwner, owner))
  await db.write(db.build.update(webhookEndpoint).set({ leaseOwner: null, leaseUntil: null }).where(isHeld))
}
