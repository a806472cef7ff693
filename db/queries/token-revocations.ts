import { and, asc, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { serviceToken } from '../schema/service-token.ts'
import { tokenRevocation, type TokenRevocationRow } from '../schema/token-revocation.ts'

/** For every process to learn of, and on the list of who minted it. False if it was revoked before. */
export async function insertTokenRevocation(db: Database, row: Omit<TokenRevocationRow, 'sequence'>): Promise<boolean> {
  const minted = and(eq(serviceToken.signatureHash, row.signatureHash), isNull(serviceToken.revokedAt))
  const [added] = await db.writeBatch([
    db.build.insert(tokenRevocation).values(row).onConflictDoNothing({ target: tokenRevocation.signatureHash }),
    db.build.update(serviceToken).set({ revokedAt: row.revokedAt }).where(minted),
  ])
  return added === 1
}

/** What was revoked since, here or elsewhere, in the order in which it was. */
export const listTokenRevocationsAfter = (db: Database, sequence: number): Promise<TokenRevocationRow[]> =>
  db.read(db.build.select().from(tokenRevocation).where(gt(tokenRevocation.sequence, sequence)).orderBy(asc(tokenRevocation.sequence)))

export const deleteTokenRevocationsEndedBefore = (db: Database, at: number): Promise<number> =>
  db.write(db.build.delete(tokenRevocation).where(lt(tokenRevocation.endsAt, at)))
