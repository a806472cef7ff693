import { and, asc, eq, gt } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { credential, type CredentialRow } from '../schema/credential.ts'

export interface ListCredentialsInput {
  /** All organizations, if absent. */
  organizationId?: string | undefined
  afterUid?: string | undefined
  limit: number
}

/** In the order of their connections' uids, for a walk over all of them. */
export function listCredentialsForRewrap(db: Database, input: ListCredentialsInput): Promise<CredentialRow[]> {
  const { organizationId, afterUid = '', limit } = input
  const owned = organizationId === undefined ? undefined : eq(credential.organizationId, organizationId)
  const wanted = and(owned, gt(credential.connectionUid, afterUid))
  return db.read(db.build.select().from(credential).where(wanted).orderBy(asc(credential.connectionUid)).limit(limit))
}

export interface ReplaceSealedInput {
  connectionUid: string
  generation: number
  sealed: string
  expectedSealed: string
}

/** Same secret, sealed anew: the generation stays. False if the credential was changed or removed meanwhile. */
export async function replaceSealed(db: Database, input: ReplaceSealedInput): Promise<boolean> {
  const { connectionUid, generation, sealed, expectedSealed } = input
  const unchanged = and(
    eq(credential.connectionUid, connectionUid),
    eq(credential.generation, generation),
    eq(credential.sealed, expectedSealed),
  )
  return (await db.write(db.build.update(credential).set({ sealed }).where(unchanged))) === 1
}
