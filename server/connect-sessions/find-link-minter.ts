// On whose behalf a link acts: whoever made it, as long as they could make it today.
import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import type { House } from '../context/context.ts'
import type { Actor } from '../policy/actor.ts'
import { authorize } from '../policy/authorize.ts'
import { findMinter } from '../tokens/find-minter.ts'

/** `undefined` once the key is revoked or expired, or the member gone. */
export async function findLinkMinter(house: House, { organizationId, mintedBy }: ConnectSessionRow): Promise<Actor | undefined> {
  const minter = await findMinter(house, mintedBy)
  const isAllowed = minter && authorize(minter.actor, { operation: 'write', resource: 'connections', organizationId }).allowed
  return isAllowed ? minter.actor : undefined
}
