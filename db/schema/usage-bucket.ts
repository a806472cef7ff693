import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { connection } from './connection.ts'

/** Upper bounds of the latency histogram; a count beyond them follows, so it has one place more. */
export const LATENCY_BOUNDS_MS = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000] as const

/** How often a tool was called in one minute and how it went. */
export const usageBucket = sqliteTable(
  'usage_bucket',
  {
    connectionUid: text('connection_uid').notNull().references(() => connection.uid, { onDelete: 'cascade' }),
    /** Milliseconds, at the minute's start. */
    minute: integer('minute').notNull(),
    tool: text('tool').notNull(),
    calls: integer('calls').notNull(),
    errors: integer('errors').notNull(),
    totalDurationMs: integer('total_duration_ms').notNull(),
    /** Calls per place of LATENCY_BOUNDS_MS. */
    latency: text('latency', { mode: 'json' }).$type<number[]>().notNull(),
  },
  (table) => [primaryKey({ name: 'usage_bucket_minute', columns: [table.connectionUid, table.minute, table.tool] })],
)

export type UsageBucketRow = typeof usageBucket.$inferSelect
