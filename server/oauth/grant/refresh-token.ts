// RFC 6749 §6. The server may answer with a new refresh token and void the old one at that moment, so whoever
// calls this stores what comes back before doing anything else, and never sends the same token twice at once.
import { refreshTokenGrantRequest } from 'oauth4webapi'
import type { OAuthClient } from '../client.ts'
import type { OAuthWire } from '../wire.ts'
import { endpointCall, orUnavailable, type TokenEndpoint } from './token-endpoint.ts'
import { readTokenResponse, type TokenSet } from './token-response.ts'

export interface Refresh {
  server: TokenEndpoint
  client: OAuthClient
  refreshToken: string
  resource: string | undefined
}

/** @throws oauth.grant_invalid, oauth.client_invalid, oauth.token_refused, oauth.token_unavailable */
export async function refreshTokens(wire: OAuthWire, { server, client, refreshToken, resource }: Refresh): Promise<TokenSet> {
  const { as, client: asClient, authentication, options } = endpointCall(wire, server, client)
  const additionalParameters = { ...(resource !== undefined && { resource }) }
  return readTokenResponse(await orUnavailable(refreshTokenGrantRequest(as, asClient, authentication, refreshToken, { ...options, additionalParameters })))
}
