import { foreignKey, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { sql } from 'drizzle-orm'
import { namespace } from './namespace.ts'

/** What an endpoint can be told of; the order in which people read about them. */
export const WEBHOOK_EVENTS = [
  'connection.created',
  'connection.connected',
  'connection.auth_required',
  'connection.input_required',
  'connection.error',
  'connection.recovered',
  'connection.tools_changed',
  'connection.deleted',
] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

/** Somebody did, it failed for days, or it said itself that it is gone. */
export type DisabledBecause = 'asked' | 'failing' | 'gone'

/** Where an app hears of what happens to a namespace's connections. */
export const webhookEndpoint = sqliteTable(
  'webhook_endpoint',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    namespace: text('namespace').notNull(),
    /** Plain, because whoever may see it may change it. */
    url: text('url').notNull(),
    description: text('description').notNull(),
    events: text('events', { mode: 'json' }).$type<WebhookEvent[]>().notNull(),
    /** Sealed by the vault: the secrets that messages are signed with, and the address that they are for. */
    secretSealed: text('secret_sealed').notNull(),
    /** Counts what was sealed; writers compare and swap on it. */
    secretGeneration: integer('secret_generation').notNull(),
    /** Null while it is told. */
    disabledBecause: text('disabled_because').$type<DisabledBecause>(),
    /** Since when nothing arrived; null if the last attempt did. */
    failingSince: integer('failing_since'),
    /** Whoever waited longest is served first. */
    lastAttemptAt: integer('last_attempt_at'),
    /** Who delivers to it now, and until when nobody else does. */
    leaseOwner: text('lease_owner'),
    leaseUntil: integer('lease_until'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'webhook_endpoint_owner',
      columns: [table.namespace, table.organizationId],
      foreignColumns: [namespace.name, namespace.organizationId],
    }).onDelete('cascade'),
    index('webhook_endpoint_of_namespace').on(table.namespace, table.createdAt, table.id),
    index('webhook_endpoint_leased').on(table.leaseOwner).where(sql`lease_owner IS NOT NULL`),
  ],
)

export type WebhookEndpointRow = typeof webhookEndpoint.$inferSelect
