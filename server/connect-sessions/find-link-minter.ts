// On whose behalf a link acts: whoever made it, as long as they could make it today.
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import type { House } from '../context/context.ts'
import type { Actor } from '../policy/actor.ts'
import { authorize } from '../policy/authorize.ts'
import { findMinter } from '../tokens/find-minter.ts'
import { holderOf } from './minted-under.ts'
import { requestAbout } from './session-subject.ts'

/**
 * `undefined` once the key is revoked or expired, the member gone, the token over, or the connection out of its reach.
 * `connection`: the session's, if it is there.
 */
export async function findLinkMinter(house: House, session: ConnectSessionRow, connection: ConnectionRow | undefined): Promise<Actor | undefined> {
  const minter = await findMinter(house, session.mintedBy)
  const actor = minter && (session.mintedUnder ? await holderOf(house, session.mintedUnder, minter.actor) : minter.actor)
  return actor && authorize(actor, await requestAbout(house, 'write', session, connection)).allowed ? actor : undefined
}
