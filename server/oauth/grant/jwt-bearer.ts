// RFC 7523 §2.1: a token for whoever an assertion speaks of: a workload, or a person whose employer vouches for them.
import { genericTokenEndpointRequest } from 'oauth4webapi'
import type { OAuthWire } from '../wire.ts'
import { type MachineRequest, targetOf } from './client-credentials.ts'
import { endpointCall, orUnavailable } from './token-endpoint.ts'
import { readTokenResponse, type TokenSet } from './token-response.ts'

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** @throws oauth.client_invalid, oauth.grant_invalid, oauth.token_refused, oauth.token_unavailable */
export async function requestWithAssertion(wire: OAuthWire, request: MachineRequest & { assertion: string }): Promise<TokenSet> {
  const { as, client, authentication, options } = endpointCall(wire, request.server, request.client)
  const parameters = { assertion: request.assertion, ...targetOf(request) }
  return readTokenResponse(await orUnavailable(genericTokenEndpointRequest(as, client, authentication, JWT_BEARER, parameters, options)))
}
