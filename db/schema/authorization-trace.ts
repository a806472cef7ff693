import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { connection } from './connection.ts'

/** What a connection went through: its sign-ins, renewals, checks and changes of status. Names and sentences of ours; no value of anything secret. */
export const authorizationTrace = sqliteTable(
  'authorization_trace',
  {
    id: integer('id').primaryKey(),
    /** Of a sign-in, the id of its authorization request: it goes on when the browser is back. */
    flowId: text('flow_id').notNull().unique('authorization_trace_flow'),
    connectionUid: text('connection_uid').notNull().references(() => connection.uid, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['authorization', 'refresh', 'check', 'status'] }).notNull(),
    startedAt: integer('started_at').notNull(),
    /** In the order in which they ended. */
    steps: text('steps', { mode: 'json' }).notNull().$type<unknown[]>(),
  },
  (table) => [
    index('authorization_trace_of_connection').on(table.connectionUid, table.id),
    index('authorization_trace_of_kind').on(table.connectionUid, table.kind, table.id),
  ],
)

export type AuthorizationTraceRow = typeof authorizationTrace.$inferSelect
