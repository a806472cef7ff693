import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { namespace } from './namespace.ts'

/** What all calls of a namespace came to in five minutes: a chart must not add up every connection. */
export const namespaceUsage = sqliteTable(
  'namespace_usage',
  {
    namespace: text('namespace').notNull().references(() => namespace.name, { onDelete: 'cascade' }),
    /** Milliseconds, at the start of the five minutes. */
    period: integer('period').notNull(),
    calls: integer('calls').notNull(),
    errors: integer('errors').notNull(),
    totalDurationMs: integer('total_duration_ms').notNull(),
    /** Calls per place of LATENCY_BOUNDS_MS. */
    latency: text('latency', { mode: 'json' }).$type<number[]>().notNull(),
  },
  (table) => [primaryKey({ name: 'namespace_usage_period', columns: [table.namespace, table.period] })],
)

export type NamespaceUsageRow = typeof namespaceUsage.$inferSelect
