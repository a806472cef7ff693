import { and, eq, gt, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { connectSession, type ConnectOutcome, type ConnectSessionRow } from '../schema/connect-session.ts'

export async function insertConnectSession(db: Database, row: ConnectSessionRow): Promise<void> {
  await db.write(db.build.insert(connectSession).values(row))
}

export const findConnectSession = (db: Database, id: string): Promise<ConnectSessionRow | undefined> =>
  db.read(db.build.select().from(connectSession).where(eq(connectSession.id, id)).get())

/** Also one that is over. */
export const findConnectSessionByToken = (db: Database, tokenHash: string): Promise<ConnectSessionRow | undefined> =>
  db.read(db.build.select().from(connectSession).where(eq(connectSession.tokenHash, tokenHash)).get())

const isPending = ({ id }: { id: string }) => and(eq(connectSession.id, id), isNull(connectSession.outcome))

/** Once: of two browsers that make a connection for it, one is told true. */
export async function bindConnection(db: Database, input: { id: string; connectionUid: string }): Promise<boolean> {
  const isUnbound = and(isPending(input), isNull(connectSession.connectionUid))
  return (await db.write(db.build.update(connectSession).set({ connectionUid: input.connectionUid }).where(isUnbound))) === 1
}

/** Somebody is on their way: they have until then to come back, also if the link ends meanwhile. */
export async function extendConnectSession(db: Database, input: { id: string; endsAt: number }): Promise<boolean> {
  const later = sql`max(${connectSession.endsAt}, ${input.endsAt})`
  return (await db.write(db.build.update(connectSession).set({ endsAt: later }).where(isPending(input)))) === 1
}

export interface FinishConnectSession {
  id: string
  outcome: ConnectOutcome
  problem: ConnectSessionRow['problem']
  at: number
}

/** The first outcome stays, except that what was stored after all counts more than a refusal in another window. */
export async function finishConnectSession(db: Database, { id, outcome, problem, at }: FinishConnectSession): Promise<boolean> {
  const isOpen = or(isNull(connectSession.outcome), outcome === 'completed' ? ne(connectSession.outcome, 'completed') : undefined)
  const changes = { outcome, problem, codeHash: null, finishedAt: at }
  return (await db.write(db.build.update(connectSession).set(changes).where(and(eq(connectSession.id, id), isOpen)))) === 1
}

export const deleteOldConnectSessions = (db: Database, before: number): Promise<number> =>
  db.write(db.build.delete(connectSession).where(lt(connectSession.endsAt, before)))

/** The session itself, while its code can be redeemed: for the statements that go with it. */
export const isRedeemable = (input: { id: string; codeHash: string; at: number }) =>
  and(isPending(input), eq(connectSession.codeHash, input.codeHash), gt(connectSession.endsAt, input.at))
