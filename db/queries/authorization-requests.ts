import { and, count, eq, gt, isNull, lte } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { authorizationRequest, type AuthorizationRequestRow } from '../schema/authorization-request.ts'

export async function insertAuthorizationRequest(db: Database, row: AuthorizationRequestRow): Promise<void> {
  await db.write(db.build.insert(authorizationRequest).values(row))
}

/** Used and expired ones, too: what is wrong with one is worth saying. */
export const findAuthorizationRequest = (db: Database, stateHash: string): Promise<AuthorizationRequestRow | undefined> =>
  db.read(db.build.select().from(authorizationRequest).where(eq(authorizationRequest.stateHash, stateHash)).get())

/** Once: of fifty that arrive together, one is told true. */
export async function consumeAuthorizationRequest(db: Database, input: { id: string; browserHash: string; at: number }): Promise<boolean> {
  const { id, browserHash, at } = input
  const isOpen = and(isNull(authorizationRequest.consumedAt), gt(authorizationRequest.expiresAt, at))
  const itself = and(eq(authorizationRequest.id, id), eq(authorizationRequest.browserHash, browserHash))
  return (await db.write(db.build.update(authorizationRequest).set({ consumedAt: at }).where(and(itself, isOpen)))) === 1
}

export async function countOpenRequests(db: Database, input: { connectionUid: string; at: number }): Promise<number> {
  const isOpen = and(isNull(authorizationRequest.consumedAt), gt(authorizationRequest.expiresAt, input.at))
  const ofConnection = and(eq(authorizationRequest.connectionUid, input.connectionUid), isOpen)
  const row = await db.read(db.build.select({ open: count() }).from(authorizationRequest).where(ofConnection).get())
  return row?.open ?? 0
}

export const deleteExpiredRequests = (db: Database, before: number): Promise<number> =>
  db.write(db.build.delete(authorizationRequest).where(lte(authorizationRequest.expiresAt, before)))
