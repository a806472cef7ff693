import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { member } from './member.ts'

/** A browser in which a member is signed in. */
export const memberSession = sqliteTable(
  'member_session',
  {
    /** SHA-256 hash of the session id, hex. The cookie has the id, 256 random bits; nothing here gives it back. */
    idHash: text('id_hash').primaryKey(),
    /** Plain: names the session in lists, and grants nothing. */
    handle: text('handle').notNull().unique('member_session_handle'),
    memberId: text('member_id').notNull().references(() => member.id, { onDelete: 'cascade' }),
    createdAt: integer('created_at').notNull(),
    /** Moves on while the session is used. */
    expiresAt: integer('expires_at').notNull(),
    /** Does not move: whatever happens, the session ends here. */
    endsAt: integer('ends_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    /** Plain, so that a member recognises the browser. */
    userAgent: text('user_agent').notNull(),
    address: text('address').notNull(),
  },
  (table) => [index('member_session_by_member').on(table.memberId, table.createdAt), index('member_session_by_expiry').on(table.expiresAt)],
)

export type MemberSessionRow = typeof memberSession.$inferSelect
