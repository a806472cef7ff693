// Grants to MCP clients. Using a code and replacing a refresh token are compare and swap: each works for one caller.
import { and, desc, eq, gt, isNotNull, isNull, lte } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { downstreamClient } from '../schema/downstream-client.ts'
import { downstreamGrant, type DownstreamGrantRow } from '../schema/downstream-grant.ts'
import { serviceToken } from '../schema/service-token.ts'

/** From then on its client is kept. */
export async function insertDownstreamGrant(db: Database, row: DownstreamGrantRow): Promise<void> {
  await db.writeBatch([
    db.build.insert(downstreamGrant).values(row),
    db.build.update(downstreamClient).set({ usedAt: row.createdAt }).where(eq(downstreamClient.id, row.clientId)),
  ])
}

/** Also one that was used, or is too old. */
export const findGrantByCode = (db: Database, codeHash: string): Promise<DownstreamGrantRow | undefined> =>
  db.read(db.build.select().from(downstreamGrant).where(eq(downstreamGrant.codeHash, codeHash)).get())

/** Also one whose refresh token is another by now. */
export const findGrantByFamily = (db: Database, familyHash: string): Promise<DownstreamGrantRow | undefined> =>
  db.read(db.build.select().from(downstreamGrant).where(eq(downstreamGrant.familyHash, familyHash)).get())

export interface RedeemGrantCode {
  id: string
  familyHash: string
  refreshHash: string
  at: number
  expiresAt: number
}

/** Of two that bring the code at once, one is told true. */
export async function redeemGrantCode(db: Database, { id, at, ...set }: RedeemGrantCode): Promise<boolean> {
  const isFresh = and(eq(downstreamGrant.id, id), isNull(downstreamGrant.redeemedAt), gt(downstreamGrant.expiresAt, at))
  return (await db.write(db.build.update(downstreamGrant).set({ ...set, redeemedAt: at, lastUsedAt: at }).where(isFresh))) === 1
}

export interface ReplaceRefreshToken {
  id: string
  refreshHash: string
  nextHash: string
  at: number
  expiresAt: number
}

/** False if it is not the one that counts any more. */
export async function replaceRefreshToken(db: Database, { id, refreshHash, nextHash, at, expiresAt }: ReplaceRefreshToken): Promise<boolean> {
  const isCurrent = and(eq(downstreamGrant.id, id), eq(downstreamGrant.refreshHash, refreshHash), gt(downstreamGrant.expiresAt, at))
  return (await db.write(db.build.update(downstreamGrant).set({ refreshHash: nextHash, lastUsedAt: at, expiresAt }).where(isCurrent))) === 1
}

export interface GrantOfMember {
  grant: DownstreamGrantRow
  clientName: string
}

/** Those that a client holds, newest first. */
export const listGrantsOfMember = (db: Database, { memberId, at, limit }: { memberId: string; at: number; limit: number }): Promise<GrantOfMember[]> =>
  db.read(
    db.build
      .select({ grant: downstreamGrant, clientName: downstreamClient.name })
      .from(downstreamGrant)
      .innerJoin(downstreamClient, eq(downstreamClient.id, downstreamGrant.clientId))
      .where(and(eq(downstreamGrant.memberId, memberId), isNotNull(downstreamGrant.redeemedAt), gt(downstreamGrant.expiresAt, at)))
      .orderBy(desc(downstreamGrant.createdAt), desc(downstreamGrant.id))
      .limit(limit),
  )

export const findDownstreamGrant = (db: Database, id: string): Promise<DownstreamGrantRow | undefined> =>
  db.read(db.build.select().from(downstreamGrant).where(eq(downstreamGrant.id, id)).get())

/** False if it was gone. */
export const deleteDownstreamGrant = async (db: Database, id: string): Promise<boolean> =>
  (await db.write(db.build.delete(downstreamGrant).where(eq(downstreamGrant.id, id)))) === 1

export const deleteDownstreamGrantsEndedBefore = (db: Database, at: number): Promise<number> =>
  db.write(db.build.delete(downstreamGrant).where(lte(downstreamGrant.expiresAt, at)))

export interface LivingToken {
  id: string
  signatureHash: string
  endsAt: number
}

/** Access tokens that were given out for it. */
export const listLivingTokensOfGrant = (db: Database, { grantId, at }: { grantId: string; at: number }): Promise<LivingToken[]> =>
  db.read(
    db.build
      .select({ id: serviceToken.id, signatureHash: serviceToken.signatureHash, endsAt: serviceToken.expiresAt })
      .from(serviceToken)
      .where(and(eq(serviceToken.grantId, grantId), gt(serviceToken.expiresAt, at), isNull(serviceToken.revokedAt))),
  )

/** For which grant an access token was given out, if for one. */
export const findGrantOfToken = async (db: Database, signatureHash: string): Promise<string | undefined> =>
  (await db.read(db.build.select({ grantId: serviceToken.grantId }).from(serviceToken).where(eq(serviceToken.signatureHash, signatureHash)).get()))?.grantId ?? undefined
