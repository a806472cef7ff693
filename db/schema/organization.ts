import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Whoever owns namespaces, keys and data keys: the border that no query crosses. */
export const organization = sqliteTable('organization', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
})

export type OrganizationRow = typeof organization.$inferSelect
