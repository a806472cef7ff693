import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export type DataKeyPurpose = 'secrets' | 'digest' | 'root'

/** The organizations' own encryption keys, wrapped. Not a child of organization: '' is the instance's own. */
export const dataKey = sqliteTable(
  'data_key',
  {
    organizationId: text('organization_id').notNull(),
    purpose: text('purpose').$type<DataKeyPurpose>().notNull(),
    version: integer('version').notNull(),
    /** Sealed: the data key wrapped by the key-encryption key that `kek_id` names. */
    wrapped: text('wrapped').notNull(),
    kekId: text('kek_id').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ name: 'data_key_version', columns: [table.organizationId, table.purpose, table.version] })],
)

export type DataKeyRow = typeof dataKey.$inferSelect
