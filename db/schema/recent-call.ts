import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { connection } from './connection.ts'

/** The last calls of a connection: that they were made and how they went. No arguments, no results. */
export const recentCall = sqliteTable(
  'recent_call',
  {
    id: integer('id').primaryKey(),
    connectionUid: text('connection_uid').notNull().references(() => connection.uid, { onDelete: 'cascade' }),
    at: integer('at').notNull(),
    /** The tool's name, or the method for anything but a tool call. */
    tool: text('tool').notNull(),
    durationMs: integer('duration_ms').notNull(),
    failed: integer('failed', { mode: 'boolean' }).notNull(),
    /** Our error's stable code; null if the call went well or the tool itself said that it failed. */
    code: text('code'),
    /** Who called, as `kind:id`. */
    principal: text('principal').notNull(),
    requestId: text('request_id').notNull(),
  },
  (table) => [index('recent_call_of_connection').on(table.connectionUid, table.id)],
)

export type RecentCallRow = typeof recentCall.$inferSelect
