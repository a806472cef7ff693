import { foreignKey, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { namespace } from './namespace.ts'

export type Completion = 'auto' | 'backend'

/** How people are sent to sign in for a namespace and back; one that never changed anything has no row. */
export const namespaceSetting = sqliteTable(
  'namespace_setting',
  {
    namespace: text('namespace').primaryKey(),
    organizationId: text('organization_id').notNull(),
    /** Where people may be sent back to, and which pages may open a sign-in. */
    allowedOrigins: text('allowed_origins', { mode: 'json' }).$type<string[]>().notNull(),
    defaultReturnUrl: text('default_return_url'),
    /** Who says that a sign-in was the right person's: nobody, or the app's backend. */
    completion: text('completion').$type<Completion>().notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'namespace_setting_owner',
      columns: [table.namespace, table.organizationId],
      foreignColumns: [namespace.name, namespace.organizationId],
    }).onDelete('cascade'),
    index('namespace_setting_by_owner').on(table.namespace, table.organizationId),
  ],
)

export type NamespaceSettingRow = typeof namespaceSetting.$inferSelect
