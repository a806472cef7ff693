import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** An MCP client that registered itself here (RFC 7591), or is described at the address that is its id. Belongs to no organization: who may use what is in grants. */
export const downstreamClient = sqliteTable(
  'downstream_client',
  {
    id: text('id').primaryKey(),
    /** What it calls itself: a stranger's text. */
    name: text('name').notNull(),
    redirectUris: text('redirect_uris', { mode: 'json' }).$type<string[]>().notNull(),
    createdAt: integer('created_at').notNull(),
    /** Since when somebody has let it in; null is deleted after a day. */
    usedAt: integer('used_at'),
    /** Until when what its document said counts; null for one that registered. */
    freshUntil: integer('fresh_until'),
  },
  (table) => [index('downstream_client_by_use').on(table.usedAt, table.createdAt)],
)

export type DownstreamClientRow = typeof downstreamClient.$inferSelect
