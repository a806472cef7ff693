import { lte, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { callBudget } from '../schema/call-budget.ts'

export interface BudgetUse {
  budget: string
  /** How many there are in all. */
  calls: number
}

/** One call of the first budget in each list that is not used up, or of none at all: false if a whole list is. */
export async function spendBudgets(db: Database, { uses, endsAt }: { uses: readonly (readonly BudgetUse[])[]; endsAt: number | null }): Promise<boolean> {
  const rows = uses.flatMap((alternatives, list) => alternatives.map((use, rank) => ({ ...use, list, rank })))
  const wanted = sql`json_each(${JSON.stringify(rows)}) AS wanted`
  const [, spent] = await db.writeBatch([
    sql`INSERT INTO call_budget (budget, used, ends_at) SELECT wanted.value ->> 'budget', 0, ${endsAt} FROM ${wanted} WHERE true ON CONFLICT DO NOTHING`,
    // With min(), SQLite takes the other columns from the row that has it.
    sql`
      WITH payer AS MATERIALIZED (
        SELECT wanted.value ->> 'budget' AS budget, min(wanted.value ->> 'rank') FROM ${wanted}
        CROSS JOIN call_budget AS stored ON stored.budget = wanted.value ->> 'budget'
        WHERE stored.used < wanted.value ->> 'calls' GROUP BY wanted.value ->> 'list')
      UPDATE call_budget SET used = used + 1
      WHERE budget IN (SELECT budget FROM payer) AND (SELECT count(*) FROM payer) = ${uses.length}`,
  ])
  return spent === uses.length
}

/** With the tokens that could still use them. */
export const deleteBudgetsEndedBefore = (db: Database, at: number): Promise<number> => db.write(db.build.delete(callBudget).where(lte(callBudget.endsAt, at)))
