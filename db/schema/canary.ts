import { sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** The one row: a known text, sealed. Whether it opens tells at boot whether the key-encryption key is the right one. */
export const canary = sqliteTable('canary', {
  id: text('id').primaryKey(),
  /** Sealed, though what it says is no secret. */
  sealed: text('sealed').notNull(),
  kekId: text('kek_id').notNull(),
})

export type CanaryRow = typeof canary.$inferSelect
