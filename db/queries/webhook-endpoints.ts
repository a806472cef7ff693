import { and, asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { webhookEndpoint, type WebhookEndpointRow } from '../schema/webhook-endpoint.ts'

const isIt = ({ id }: { id: string }) => eq(webhookEndpoint.id, id)
const isAt = (input: { id: string; secretGeneration: number }) => and(isIt(input), eq(webhookEndpoint.secretGeneration, input.secretGeneration))

/** False if the namespace has `max` of them. */
export async function insertWebhookEndpoint(db: Database, { row, max }: { row: WebhookEndpointRow; max: number }): Promise<boolean> {
  const { id, organizationId, namespace, url, description, secretSealed, secretGeneration, createdAt, updatedAt } = row
  const count = sql`(SELECT count(*) FROM ${webhookEndpoint} WHERE ${eq(webhookEndpoint.namespace, namespace)})`
  const inserted = await db.write(sql`
    INSERT INTO ${webhookEndpoint} (id, organization_id, namespace, url, description, events, secret_sealed, secret_generation, created_at, updated_at)
    SELECT ${id}, ${organizationId}, ${namespace}, ${url}, ${description}, ${JSON.stringify(row.events)}, ${secretSealed}, ${secretGeneration}, ${createdAt}, ${updatedAt}
    WHERE ${count} < ${max}`)
  return inserted === 1
}

export const findWebhookEndpoint = (db: Database, id: string): Promise<WebhookEndpointRow | undefined> =>
  db.read(db.build.select().from(webhookEndpoint).where(isIt({ id })).get())

/** The first made first. */
export const listWebhookEndpoints = (db: Database, { namespace }: { namespace: string }): Promise<WebhookEndpointRow[]> =>
  db.read(
    db.build.select().from(webhookEndpoint).where(eq(webhookEndpoint.namespace, namespace)).orderBy(asc(webhookEndpoint.createdAt), asc(webhookEndpoint.id)),
  )

export interface UpdateWebhookEndpointInput {
  id: string
  /** As it was read: what is sealed may be about to change. It moves on by itself. */
  secretGeneration: number
  changes: Partial<Pick<WebhookEndpointRow, 'url' | 'description' | 'events' | 'secretSealed' | 'disabledBecause' | 'failingSince'>>
  at: number
}

/** False if it was changed meanwhile, or is gone. */
export async function updateWebhookEndpoint(db: Database, input: UpdateWebhookEndpointInput): Promise<boolean> {
  const set = { ...input.changes, secretGeneration: input.secretGeneration + (input.changes.secretSealed === undefined ? 0 : 1), updatedAt: input.at }
  return (await db.write(db.build.update(webhookEndpoint).set(set).where(isAt(input)))) === 1
}

/** With its deliveries. */
export async function deleteWebhookEndpoint(db: Database, input: { id: string }): Promise<boolean> {
  return (await db.write(db.build.delete(webhookEndpoint).where(isIt(input)))) === 1
}
