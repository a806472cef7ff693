import { foreignKey, index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { namespace } from './namespace.ts'

/** The index behind `namespace_setting.allowed_origins`: which pages may call is asked by origin, before any namespace is known. */
export const allowedOrigin = sqliteTable(
  'allowed_origin',
  {
    origin: text('origin').notNull(),
    organizationId: text('organization_id').notNull(),
    namespace: text('namespace').notNull(),
  },
  (table) => [
    primaryKey({ name: 'allowed_origin_page', columns: [table.origin, table.organizationId, table.namespace] }),
    foreignKey({
      name: 'allowed_origin_owner',
      columns: [table.namespace, table.organizationId],
      foreignColumns: [namespace.name, namespace.organizationId],
    }).onDelete('cascade'),
    index('allowed_origin_by_owner').on(table.namespace, table.organizationId),
  ],
)
