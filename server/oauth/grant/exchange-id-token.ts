// Enterprise-Managed Authorization: RFC 8693 at the identity provider of an organization, profiled by the OAuth Identity Assertion
// Authorization Grant (§4.3). For an ID token it gives an assertion that one authorization server alone takes (ID-JAG).
import { genericTokenEndpointRequest } from 'oauth4webapi'
import type { OAuthWire } from '../wire.ts'
import { tokenRefused } from '../oauth-errors.ts'
import { type MachineRequest, targetOf } from './client-credentials.ts'
import { endpointCall, orUnavailable } from './token-endpoint.ts'
import { readTokenAnswer } from './token-response.ts'

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token'
const ID_JAG = 'urn:ietf:params:oauth:token-type:id-jag'

/** `audience`: the issuer of the authorization server that will take it. @throws oauth.* */
export async function exchangeIdToken(wire: OAuthWire, request: MachineRequest & { idToken: string; audience: string }): Promise<string> {
  const { as, client, authentication, options } = endpointCall(wire, request.server, request.client)
  const { idToken, audience } = request
  const parameters = { requested_token_type: ID_JAG, subject_token: idToken, subject_token_type: ID_TOKEN, audience, ...targetOf(request) }
  const body = await readTokenAnswer(await orUnavailable(genericTokenEndpointRequest(as, client, authentication, TOKEN_EXCHANGE, parameters, options)))
  const { issued_token_type: type, access_token: assertion } = body
  // RFC 8693 §2.2.1: what is no access token comes in its place, and says what it is.
  if (type !== ID_JAG || typeof assertion !== 'string') throw tokenRefused({ error: 'unsupported_token_type', description: undefined })
  return assertion
}
