// On whose behalf a link acts: whoever made it, as long as they could make it today.
import { findApiKey } from '../../db/queries/api-keys.ts'
import { findMember } from '../../db/queries/members.ts'
import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import type { House } from '../context/context.ts'
import { type Actor, principalOf } from '../policy/actor.ts'
import { authorize } from '../policy/authorize.ts'

/** `undefined` once the key is revoked or expired, or the member gone. */
export async function findMinter(house: House, { organizationId, mintedBy, id: sessionHandle }: ConnectSessionRow): Promise<Actor | undefined> {
  const id = mintedBy.slice(mintedBy.indexOf(':') + 1)
  const actors = [await findKey(house, organizationId, id), await findPerson(house, organizationId, id, sessionHandle)]
  const request = { operation: 'write', resource: 'connections', organizationId } as const
  return actors.find((actor) => actor && principalOf(actor) === mintedBy && authorize(actor, request).allowed)
}

async function findKey(house: House, organizationId: string, id: string): Promise<Actor | undefined> {
  const row = await findApiKey(house.db, { organizationId, id })
  const isGood = row && row.revokedAt === null && (row.expiresAt === null || row.expiresAt > house.now())
  return isGood ? { kind: 'api_key', id, organizationId } : undefined
}

async function findPerson(house: House, organizationId: string, id: string, sessionHandle: string): Promise<Actor | undefined> {
  const row = await findMember(house.db, { organizationId, id })
  return row && { kind: 'member', id, organizationId, role: row.role, sessionHandle }
}
