import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organization } from './organization.ts'

export type KeyOperation = 'read' | 'write' | 'execute'

/** A long-lived key of a backend. The key itself is shown once and never stored. */
export const apiKey = sqliteTable(
  'api_key',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull().references(() => organization.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Plain, because it only tells keys apart in lists; too short to guess the rest from. */
    prefix: text('prefix').notNull(),
    /** Plain, for the same reason. */
    lastFour: text('last_four').notNull(),
    /** SHA-256 hash of the key, hex. The key has 256 random bits, so a plain hash is enough. */
    digest: text('digest').notNull().unique('api_key_digest'),
    role: text('role').$type<'admin'>().notNull(),
    isRoot: integer('is_root', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at'),
    lastUsedAt: integer('last_used_at'),
    revokedAt: integer('revoked_at'),
    /** What it is limited to, and from where it may be used: addresses and CIDRs. Null is no limit. */
    namespaces: text('namespaces', { mode: 'json' }).$type<string[]>(),
    operations: text('operations', { mode: 'json' }).$type<KeyOperation[]>(),
    addresses: text('addresses', { mode: 'json' }).$type<string[]>(),
  },
  (table) => [index('api_key_by_organization').on(table.organizationId, table.createdAt)],
)

export type ApiKeyRow = typeof apiKey.$inferSelect
