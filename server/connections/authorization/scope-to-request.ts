// Which scope a person is asked for: shown on our page, and then sent to the authorization server.
import { findGrant } from '../../../db/queries/oauth-grants.ts'
import type { House } from '../../context/context.ts'
import { chooseScope, splitScope } from '../../oauth/grant/scopes.ts'
import type { Authorization } from './discover-authorization.ts'

/** Undefined: none, the authorization server decides. What was granted before is asked for again, or a step up would lose it. */
export async function scopeToRequest(house: House, connectionUid: string | undefined, { server, challenge, resourceScopes }: Authorization): Promise<string | undefined> {
  const grant = connectionUid === undefined ? undefined : await findGrant(house.db, connectionUid)
  return chooseScope({
    // A refusal in mid-call knows better what is missing than the first one of a conversation.
    challenged: grant?.wantedScope ?? challenge?.scope,
    resourceScopes,
    serverScopes: server.scopesSupported,
    previous: splitScope(grant?.scope ?? ''),
  })
}
