import { lte, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { callBudget } from '../schema/call-budget.ts'

export interface BudgetUse {
  budget: string
  /** How many there are in all. */
  calls: number
}

/** One call of each of them, or of none: false if any is used up. */
export async function spendBudgets(db: Database, { uses, endsAt }: { uses: readonly BudgetUse[]; endsAt: number | null }): Promise<boolean> {
  const wanted = sql`json_each(${JSON.stringify(uses)}) AS wanted`
  const [, spent] = await db.writeBatch([
    sql`INSERT INTO call_budget (budget, used, ends_at) SELECT wanted.value ->> 'budget', 0, ${endsAt} FROM ${wanted} WHERE true ON CONFLICT DO NOTHING`,
    sql`
      UPDATE call_budget SET used = used + 1
      WHERE budget IN (SELECT wanted.value ->> 'budget' FROM ${wanted})
        AND (SELECT count(*) FROM ${wanted} CROSS JOIN call_budget AS stored ON stored.budget = wanted.value ->> 'budget'
          WHERE stored.used < wanted.value ->> 'calls') = ${uses.length}`,
  ])
  return spent === uses.length
}

/** With the tokens that could still use them. */
export const deleteBudgetsEndedBefore = (db: Database, at: number): Promise<number> => db.write(db.build.delete(callBudget).where(lte(callBudget.endsAt, at)))
