import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { connection } from './connection.ts'

/**
 * The index behind metadata filters: one row per key of a connection's metadata that a filter can match.
 * It repeats the connection's creation time, so that a filtered page is read in order instead of sorted.
 */
export const connectionMetadata = sqliteTable(
  'connection_metadata',
  {
    namespace: text('namespace').notNull(),
    key: text('key').notNull(),
    value: text('value').notNull(),
    connectionCreatedAt: integer('connection_created_at').notNull(),
    connectionUid: text('connection_uid').notNull().references(() => connection.uid, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({
      name: 'connection_metadata_page',
      columns: [table.namespace, table.key, table.value, table.connectionCreatedAt, table.connectionUid],
    }),
    index('connection_metadata_by_connection').on(table.connectionUid, table.key),
  ],
)
