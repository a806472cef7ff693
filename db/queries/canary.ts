import { and, eq } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { canary, type CanaryRow } from '../schema/canary.ts'

export type CanaryValue = Omit<CanaryRow, 'id'>

/** There is one. */
const ID = 'kek'

export const findCanary = (db: Database): Promise<CanaryRow | undefined> =>
  db.read(db.build.select().from(canary).where(eq(canary.id, ID)).get())

/** False if there is one already. */
export async function insertCanary(db: Database, { sealed, kekId }: CanaryValue): Promise<boolean> {
  return (await db.write(db.build.insert(canary).values({ id: ID, sealed, kekId }).onConflictDoNothing())) === 1
}

/** False if it was replaced meanwhile. */
export async function replaceCanary(db: Database, input: CanaryValue & { expectedSealed: string }): Promise<boolean> {
  const { sealed, kekId, expectedSealed } = input
  const unchanged = and(eq(canary.id, ID), eq(canary.sealed, expectedSealed))
  return (await db.write(db.build.update(canary).set({ sealed, kekId }).where(unchanged))) === 1
}
