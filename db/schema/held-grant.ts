import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organization } from './organization.ts'

/**
 * Tokens that wait for an app's backend to say whose they are. No call can reach them here. They refer to no connection
 * and no session: when those go, the tokens are still given back.
 */
export const heldGrant = sqliteTable(
  'held_grant',
  {
    connectSessionId: text('connect_session_id').primaryKey(),
    organizationId: text('organization_id').notNull().references(() => organization.id, { onDelete: 'cascade' }),
    /** Sealed by the vault: the tokens, and where they may go. */
    sealed: text('sealed').notNull(),
    createdAt: integer('created_at').notNull(),
    /** From then on they are given back and erased. */
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [index('held_grant_by_expiry').on(table.expiresAt), index('held_grant_by_organization').on(table.organizationId)],
)

export type HeldGrantRow = typeof heldGrant.$inferSelect
