import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Calls made of those that a limit allows in all: counted here, because several processes and many tokens may share it. */
export const callBudget = sqliteTable(
  'call_budget',
  {
    /** Hash of the signed block that states the limit, and which of its constraints. */
    budget: text('budget').primaryKey(),
    used: integer('used').notNull(),
    /** After that no token with this block is good; null: no token has it. */
    endsAt: integer('ends_at'),
  },
  (table) => [index('call_budget_by_end').on(table.endsAt)],
)
