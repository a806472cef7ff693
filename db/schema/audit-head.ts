import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Where the chain of an organization ends: without it, entries cut off the end would not be missed. */
export const auditHead = sqliteTable('audit_head', {
  organizationId: text('organization_id').primaryKey(),
  seq: integer('seq').notNull(),
  /** Of the entry there. */
  mac: text('mac').notNull(),
  /** Keyed hash of this row. */
  seal: text('seal').notNull(),
})

export type AuditHeadRow = typeof auditHead.$inferSelect
