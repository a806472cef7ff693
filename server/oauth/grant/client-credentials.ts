// RFC 6749 §4.4, with the resource of RFC 8707: a token for the client itself. Nobody is asked, and nothing is used up.
import { clientCredentialsGrantRequest } from 'oauth4webapi'
import type { OAuthClient } from '../client.ts'
import type { OAuthWire } from '../wire.ts'
import { endpointCall, orUnavailable, type TokenEndpoint } from './token-endpoint.ts'
import { readTokenResponse, type TokenSet } from './token-response.ts'

export interface MachineRequest {
  server: TokenEndpoint
  client: OAuthClient
  resource: string | undefined
  scope: string | undefined
}

export const targetOf = ({ resource, scope }: Pick<MachineRequest, 'resource' | 'scope'>): Record<string, string> => ({
  ...(resource !== undefined && { resource }),
  ...(scope !== undefined && { scope }),
})

/** @throws oauth.client_invalid, oauth.grant_invalid, oauth.token_refused, oauth.token_unavailable */
export async function requestClientCredentials(wire: OAuthWire, request: MachineRequest): Promise<TokenSet> {
  const { as, client, authentication, options } = endpointCall(wire, request.server, request.client)
  return readTokenResponse(await orUnavailable(clientCredentialsGrantRequest(as, client, authentication, targetOf(request), options)))
}
