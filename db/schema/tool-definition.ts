import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { connection } from './connection.ts'

/**
 * Since when tools that called themselves read-only say what they say: one row per change, the first and the last included.
 * A tool that never did has none.
 */
export const toolDefinition = sqliteTable(
  'tool_definition',
  {
    connectionUid: text('connection_uid').notNull().references(() => connection.uid, { onDelete: 'cascade' }),
    tool: text('tool').notNull(),
    seenAt: integer('seen_at').notNull(),
    /** SHA-256 hash of the definition, hex; empty while the server does not list the tool. */
    digest: text('digest').notNull(),
    readOnly: integer('read_only', { mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.connectionUid, table.tool, table.seenAt] })],
)

export type ToolDefinitionRow = typeof toolDefinition.$inferSelect
