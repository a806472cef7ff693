import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { connection } from './connection.ts'

/** What a connection presents to its upstream; written, opened for one call at a time, never shown. */
export const credential = sqliteTable(
  'credential',
  {
    connectionUid: text('connection_uid').primaryKey().references(() => connection.uid, { onDelete: 'cascade' }),
    organizationId: text('organization_id').notNull(),
    generation: integer('generation').notNull(),
    kind: text('kind').notNull(),
    /** Sealed by the vault under the organization's data key. */
    sealed: text('sealed').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [index('credential_by_organization').on(table.organizationId, table.connectionUid)],
)

export type CredentialRow = typeof credential.$inferSelect
