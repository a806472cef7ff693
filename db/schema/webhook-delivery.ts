import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { webhookEndpoint, type WebhookEvent } from './webhook-endpoint.ts'

/** One message for one endpoint: written with what it tells of, kept until it arrived, and a while longer. */
export const webhookDelivery = sqliteTable(
  'webhook_delivery',
  {
    /** In the order of events. */
    sequence: integer('sequence').primaryKey(),
    /** The message's name to its receiver, the same in every attempt and replay. */
    id: text('id').notNull().unique(),
    endpointId: text('endpoint_id').notNull().references(() => webhookEndpoint.id, { onDelete: 'cascade' }),
    type: text('type').$type<WebhookEvent | 'webhook.test'>().notNull(),
    /** JSON as text: the very bytes that are signed, each time. Nothing secret, no link to sign in with. */
    payload: text('payload').notNull(),
    state: text('state').$type<'pending' | 'delivered' | 'failed'>().notNull(),
    /** Since the event or the last replay. */
    attempts: integer('attempts').notNull(),
    /** Null when there is nothing left to try. */
    nextAttemptAt: integer('next_attempt_at'),
    lastAttemptAt: integer('last_attempt_at'),
    /** Of the last answer; null if there was none. */
    lastStatus: integer('last_status'),
    /** Our code for why there was none. */
    lastError: text('last_error'),
    durationMs: integer('duration_ms'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    index('webhook_delivery_of_endpoint').on(table.endpointId, table.sequence),
    index('webhook_delivery_waiting').on(table.endpointId, table.nextAttemptAt).where(sql`next_attempt_at IS NOT NULL`),
  ],
)

export type WebhookDeliveryRow = typeof webhookDelivery.$inferSelect
