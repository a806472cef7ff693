// RFC 6749 §4.1.3, RFC 7636 §4.5, RFC 8707 §2.2: a code for tokens, once.
import { authorizationCodeGrantRequest } from 'oauth4webapi'
import type { OAuthClient } from '../client.ts'
import type { OAuthWire } from '../wire.ts'
import type { AuthorizationResponse } from './authorization-response.ts'
import { endpointCall, orUnavailable, type TokenEndpoint } from './token-endpoint.ts'
import { readTokenResponse, type TokenSet } from './token-response.ts'

export interface CodeExchange {
  server: TokenEndpoint
  client: OAuthClient
  response: AuthorizationResponse
  redirectUri: string
  verifier: string
  resource: string | undefined
}

/** @throws oauth.grant_invalid, oauth.client_invalid, oauth.token_refused, oauth.token_unavailable */
export async function exchangeCode(wire: OAuthWire, exchange: CodeExchange): Promise<TokenSet> {
  const { response, redirectUri, verifier, resource } = exchange
  const { as, client, authentication, options } = endpointCall(wire, exchange.server, exchange.client)
  const withResource = { ...options, additionalParameters: { ...(resource !== undefined && { resource }) } }
  const request = authorizationCodeGrantRequest(as, client, authentication, response, redirectUri, verifier, withResource)
  return readTokenResponse(await orUnavailable(request))
}
