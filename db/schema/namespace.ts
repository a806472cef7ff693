import { index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { organization } from './organization.ts'

/** A globally unique name under which an organization keeps connections. */
export const namespace = sqliteTable(
  'namespace',
  {
    name: text('name').primaryKey(),
    organizationId: text('organization_id').notNull().references(() => organization.id, { onDelete: 'cascade' }),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    // What a connection refers to: a name freed by one organization and taken by another does not
    // inherit a connection that was being written meanwhile.
    unique('namespace_owner').on(table.name, table.organizationId),
    index('namespace_by_organization').on(table.organizationId, table.name),
  ],
)

export type NamespaceRow = typeof namespace.$inferSelect
