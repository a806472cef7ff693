import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Names of deleted namespaces, and whose they were. A name that URLs, stored tokens and other people's
 * code still hold must not come to mean another organization's namespace. Kept without end, also when the
 * organization goes.
 */
export const freedNamespace = sqliteTable('freed_namespace', {
  name: text('name').primaryKey(),
  organizationId: text('organization_id').notNull(),
  freedAt: integer('freed_at').notNull(),
})
