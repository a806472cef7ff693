// Tokens between a person's consent and the word of the app's backend. Each step is a compare and swap, so that what
// is completed is not given back, and what is given back is not completed.
import { and, asc, eq, exists, gt, isNull, lte, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { connectSession } from '../schema/connect-session.ts'
import { heldGrant, type HeldGrantRow } from '../schema/held-grant.ts'
import { isRedeemable } from './connect-sessions.ts'

/** Once for a session, while it is open: false for whoever comes second or too late. */
export async function holdGrant(db: Database, { row, codeHash }: { row: HeldGrantRow; codeHash: string }): Promise<boolean> {
  const id = row.connectSessionId
  const isOpen = and(eq(connectSession.id, id), isNull(connectSession.outcome), isNull(connectSession.codeHash), gt(connectSession.endsAt, row.createdAt))
  const [held] = await db.writeBatch([
    // In the order of the table's columns.
    db.build
      .insert(heldGrant)
      .select(sql`SELECT ${id}, ${row.organizationId}, ${row.sealed}, ${row.createdAt}, ${row.expiresAt} FROM ${connectSession} WHERE ${isOpen}`)
      .onConflictDoNothing({ target: heldGrant.connectSessionId }),
    db.build.update(connectSession).set({ codeHash, endsAt: row.expiresAt }).where(isOpen),
  ])
  return held === 1
}

export const findHeldGrant = (db: Database, connectSessionId: string): Promise<HeldGrantRow | undefined> =>
  db.read(db.build.select().from(heldGrant).where(eq(heldGrant.connectSessionId, connectSessionId)).get())

/** Uses the code up, and keeps the tokens from being given back until `until`. */
export async function redeemCompletionCode(db: Database, input: { id: string; codeHash: string; at: number; until: number }): Promise<boolean> {
  const redeemable = db.build.select({ id: connectSession.id }).from(connectSession).where(isRedeemable(input))
  const isHeld = and(eq(heldGrant.connectSessionId, input.id), gt(heldGrant.expiresAt, input.at))
  const [kept, redeemed] = await db.writeBatch([
    db.build.update(heldGrant).set({ expiresAt: input.until }).where(and(isHeld, exists(redeemable))),
    db.build.update(connectSession).set({ codeHash: null }).where(isRedeemable(input)),
  ])
  return kept === 1 && redeemed === 1
}

export const listOverdueGrants = (db: Database, { at, limit }: { at: number; limit: number }): Promise<HeldGrantRow[]> =>
  db.read(db.build.select().from(heldGrant).where(lte(heldGrant.expiresAt, at)).orderBy(asc(heldGrant.expiresAt)).limit(limit))

/** True for one caller: only that one may give the tokens back.. */
export async function deleteHeldGrant(db: Database, { connectSessionId, expiresAt }: Pick<HeldGrantRow, 'connectSessionId' | 'expiresAt'>): Promise<boolean> {
  const asItWas = and(eq(heldGrant.connectSessionId, connectSessionId), eq(heldGrant.expiresAt, expiresAt))
  return (await db.write(db.build.delete(heldGrant).where(asItWas))) === 1
}
