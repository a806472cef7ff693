// A connection is gone: what it was granted should not work any more, either.
import type { OAuthGrantRow } from '../../../db/schema/oauth-grant.ts'
import type { House } from '../../context/context.ts'
import { revokeToken } from '../../oauth/grant/revoke-token.ts'
import type { OAuthClient } from '../../oauth/client.ts'
import { destinationUrl } from '../mcp-url.ts'
import { accessTokenOpener, openRefreshToken } from './grant-secrets.ts'
import { createOAuthWire, trustOf } from './oauth-wire.ts'
import { tokenEndpointOf } from './token-endpoint-of.ts'

/** Whether the authorization server said that the grant is gone. Never throws. */
export async function giveBackGrant(house: House, { grant, client, mcpUrl }: { grant: OAuthGrantRow; client: OAuthClient; mcpUrl: string }): Promise<boolean> {
  const url = destinationUrl(mcpUrl)
  const server = tokenEndpointOf(grant)
  try {
    const { refreshSealed } = grant
    // RFC 7009 §2.1: revoking the refresh token ends the access tokens that came of it.
    const refreshToken = refreshSealed === null ? '' : openRefreshToken(house.vault, { ...grant, refreshSealed })
    const token = refreshToken || accessTokenOpener(house.vault, grant, url.href)()
    const isTaken = await revokeToken(createOAuthWire(house.egress, trustOf(url)), server, client, token)
    if (!isTaken) house.log.warn('a grant was not taken back by its authorization server', { connectionUid: grant.connectionUid })
    return isTaken
  } catch (error) {
    house.log.warn('a grant could not be given back', { connectionUid: grant.connectionUid, error })
    return false
  }
}
