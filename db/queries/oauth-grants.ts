// Grants and the lease under which one of them is renewed. Whoever renews holds the lease for a while, and
// stores what came back only if the generation is still the one that was sent.
import { and, asc, count, eq, getTableColumns, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { connection } from '../schema/connection.ts'
import { heldGrant } from '../schema/held-grant.ts'
import { oauthGrant, type OAuthGrantRow } from '../schema/oauth-grant.ts'

export const findGrant = (db: Database, connectionUid: string): Promise<OAuthGrantRow | undefined> =>
  db.read(db.build.select().from(oauthGrant).where(eq(oauthGrant.connectionUid, connectionUid)).get())

export interface PutGrantInput {
  grant: OAuthGrantRow
  /** Of the connection when the person left for the authorization server. It moves on with the grant. */
  credentialGeneration: number
  /** The connect session for which the tokens were held until now: they are no longer. */
  heldFor?: string | undefined
}

/** A new consent, and the end of whatever stood on the old one. False if another one was faster, or the connection is gone. */
export async function putGrant(db: Database, { grant, credentialGeneration, heldFor }: PutGrantInput): Promise<boolean> {
  // In the order of the table's columns.
  const columns = Object.keys(getTableColumns(oauthGrant)) as (keyof OAuthGrantRow)[]
  const values = sql.join(columns.map((column) => sql`${grant[column]}`), sql`, `)
  const isUnchanged = and(eq(connection.uid, grant.connectionUid), eq(connection.credentialGeneration, credentialGeneration))
  const { connectionUid: _key, ...set } = grant
  const [, moved] = await db.writeBatch([
    db.build
      .insert(oauthGrant)
      .select(sql`SELECT ${values} FROM ${connection} WHERE ${isUnchanged}`)
      .onConflictDoUpdate({ target: oauthGrant.connectionUid, set }),
    db.build.update(connection).set({ credentialGeneration: credentialGeneration + 1 }).where(isUnchanged),
    ...(heldFor === undefined ? [] : [db.build.delete(heldGrant).where(eq(heldGrant.connectSessionId, heldFor))]),
  ])
  return moved === 1
}

export interface LeaseInput {
  connectionUid: string
  generation: number
  /** As they were read: who failed since then has set a pause that the reader does not know of. */
  failures: number
  owner: string
  at: number
  until: number
}

const isAt = (input: { connectionUid: string; generation: number }) =>
  and(eq(oauthGrant.connectionUid, input.connectionUid), eq(oauthGrant.generation, input.generation))
const isHeld = (input: { connectionUid: string; generation: number; owner: string }) => and(isAt(input), eq(oauthGrant.leaseOwner, input.owner))

/** One winner among all processes. An older owner whose time is over has lost it. */
export async function leaseGrant(db: Database, input: LeaseInput): Promise<boolean> {
  const isFree = or(isNull(oauthGrant.leaseOwner), lte(oauthGrant.leaseUntil, input.at))
  const leased = db.build.update(oauthGrant).set({ leaseOwner: input.owner, leaseUntil: input.until }).where(and(isAt(input), eq(oauthGrant.failures, input.failures), isFree))
  return (await db.write(leased)) === 1
}

/** Before the refresh token leaves: if nothing is stored afterwards, the next owner knows that it may be used up. */
export async function markAttempt(db: Database, input: { connectionUid: string; generation: number; owner: string; at: number }): Promise<boolean> {
  return (await db.write(db.build.update(oauthGrant).set({ attemptAt: input.at }).where(isHeld(input)))) === 1
}

export type RenewedGrant = Pick<OAuthGrantRow, 'accessSealed' | 'refreshSealed' | 'expiresAt' | 'refreshAt' | 'scope' | 'updatedAt'>

const nextOf = ({ renewed, generation }: { renewed: RenewedGrant; generation: number }) => ({
  ...renewed,
  generation: generation + 1,
  failures: 0,
  leaseOwner: null,
  leaseUntil: null,
  attemptAt: null,
})

/** Fenced: only by the owner, and only over the generation that it renewed. */
export async function storeRenewal(
  db: Database,
  input: { connectionUid: string; generation: number; owner: string; renewed: RenewedGrant },
): Promise<boolean> {
  return (await db.write(db.build.update(oauthGrant).set(nextOf(input)).where(isHeld(input)))) === 1
}

/** What could not be stored when it came. Only over the generation that it renewed; whose lease it was does not matter any more. */
export async function storeKeptRenewal(db: Database, input: { connectionUid: string; generation: number; renewed: RenewedGrant }): Promise<boolean> {
  return (await db.write(db.build.update(oauthGrant).set(nextOf(input)).where(isAt(input)))) === 1
}

/** After a failure. `attempted`: whether it stays unknown what became of the refresh token. */
export async function releaseLease(
  db: Database,
  input: { connectionUid: string; generation: number; owner: string; attempted: boolean; refreshAt: number | null },
): Promise<void> {
  const { refreshAt, attempted } = input
  const changes = { leaseOwner: null, leaseUntil: null, refreshAt, failures: sql`${oauthGrant.failures} + 1`, ...(!attempted && { attemptAt: null }) }
  await db.write(db.build.update(oauthGrant).set(changes).where(isHeld(input)))
}

/** The server does not take this refresh token any more. */
export async function endGrant(db: Database, input: { connectionUid: string; generation: number; at: number }): Promise<boolean> {
  const changes = { refreshSealed: null, refreshAt: null, leaseOwner: null, leaseUntil: null, attemptAt: null, updatedAt: input.at }
  return (await db.write(db.build.update(oauthGrant).set(changes).where(isAt(input)))) === 1
}

export interface DueGrant {
  connectionUid: string
  generation: number
  updatedAt: number
  lastUsedAt: number | null
}

/** Due for renewal and in nobody's hands, the most overdue first; of connections that are still there. */
export const listDueGrants = (db: Database, { at, limit }: { at: number; limit: number }): Promise<DueGrant[]> =>
  db.read(
    db.build
      .select({
        connectionUid: oauthGrant.connectionUid,
        generation: oauthGrant.generation,
        updatedAt: oauthGrant.updatedAt,
        lastUsedAt: connection.lastUsedAt,
      })
      .from(oauthGrant)
      .innerJoin(connection, eq(connection.uid, oauthGrant.connectionUid))
      .where(and(isNotNull(oauthGrant.refreshAt), lte(oauthGrant.refreshAt, at), or(isNull(oauthGrant.leaseOwner), lte(oauthGrant.leaseUntil, at))))
      .orderBy(asc(oauthGrant.refreshAt))
      .limit(limit),
  )

/** Until the next consent, which starts without it. */
export async function wantScope(db: Database, { connectionUid, scope }: { connectionUid: string; scope: string }): Promise<void> {
  await db.write(db.build.update(oauthGrant).set({ wantedScope: scope }).where(eq(oauthGrant.connectionUid, connectionUid)))
}

/** Nobody uses it now: looked at again later, or renewed by the call that needs it. */
export async function postponeRenewal(db: Database, input: { connectionUid: string; generation: number; refreshAt: number }): Promise<void> {
  await db.write(db.build.update(oauthGrant).set({ refreshAt: input.refreshAt }).where(isAt(input)))
}

const inNamespace = ({ namespace }: { namespace: string }) => eq(connection.namespace, namespace)

export async function countGrantsIn(db: Database, input: { namespace: string }): Promise<number> {
  const joined = db.build.select({ grants: count() }).from(oauthGrant).innerJoin(connection, eq(connection.uid, oauthGrant.connectionUid))
  return (await db.read(joined.where(inNamespace(input)).get()))?.grants ?? 0
}

/** Of connections that go with their namespace. */
export const listGrantsIn = (db: Database, { namespace, limit }: { namespace: string; limit: number }): Promise<{ grant: OAuthGrantRow; mcpUrl: string }[]> =>
  db.read(
    db.build
      .select({ grant: oauthGrant, mcpUrl: connection.mcpUrl })
      .from(oauthGrant)
      .innerJoin(connection, eq(connection.uid, oauthGrant.connectionUid))
      .where(inNamespace({ namespace }))
      .limit(limit),
  )

/** Of connections whose deletion is about to become final. */
export const listGrantsOfHidden = (
  db: Database,
  { until, limit }: { until: number; limit: number },
): Promise<{ grant: OAuthGrantRow; mcpUrl: string }[]> =>
  db.read(
    db.build
      .select({ grant: oauthGrant, mcpUrl: connection.mcpUrl })
      .from(oauthGrant)
      .innerJoin(connection, eq(connection.uid, oauthGrant.connectionUid))
      .where(and(isNotNull(connection.deletedAt), lte(connection.deletedAt, until)))
      .limit(limit),
  )
