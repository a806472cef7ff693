import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../database.ts'
import { webhookDelivery, type WebhookDeliveryRow } from '../schema/webhook-delivery.ts'

/** Newest first. */
export const listWebhookDeliveries = (db: Database, input: { endpointId: string; before?: number | undefined; limit: number }): Promise<WebhookDeliveryRow[]> => {
  const older = input.before === undefined ? undefined : lt(webhookDelivery.sequence, input.before)
  const wanted = and(eq(webhookDelivery.endpointId, input.endpointId), older)
  return db.read(db.build.select().from(webhookDelivery).where(wanted).orderBy(desc(webhookDelivery.sequence)).limit(input.limit))
}

export const findWebhookDelivery = (db: Database, input: { endpointId: string; id: string }): Promise<WebhookDeliveryRow | undefined> =>
  db.read(db.build.select().from(webhookDelivery).where(isOf(input)).get())

const isOf = ({ endpointId, id }: { endpointId: string; id: string }) => and(eq(webhookDelivery.id, id), eq(webhookDelivery.endpointId, endpointId))

/** One that is over already. */
export async function insertWebhookDelivery(db: Database, row: Omit<WebhookDeliveryRow, 'sequence'>): Promise<void> {
  await db.write(db.build.insert(webhookDelivery).values(row))
}

/** From the first attempt on, whatever became of it. */
export async function restartDelivery(db: Database, { at, ...input }: { endpointId: string; id: string; at: number }): Promise<boolean> {
  return (await db.write(db.build.update(webhookDelivery).set({ state: 'pending', attempts: 0, nextAttemptAt: at }).where(isOf(input)))) === 1
}

const PRUNE_ROWS = 1000

/** The oldest are the first rows of the table. */
export async function deleteDeliveriesBefore(db: Database, beforeMs: number): Promise<void> {
  const oldest = db.build.select({ sequence: webhookDelivery.sequence }).from(webhookDelivery).orderBy(webhookDelivery.sequence).limit(PRUNE_ROWS)
  const slice = sql`DELETE FROM ${webhookDelivery} WHERE sequence IN ${oldest} AND ${lt(webhookDelivery.createdAt, beforeMs)}`
  while ((await db.write(slice)) === PRUNE_ROWS) await nextTurn()
}
