// RFC 6749 §4.1.2 and RFC 9207 §2.4: is this the answer of the server that was asked? Its name is compared before
// anything else it says is believed, an error included.
import { AuthorizationResponseError, skipStateCheck, validateAuthResponse } from 'oauth4webapi'
import type { ServerMetadata } from '../discovery/server-metadata.ts'
import { authorizationRefused, invalidAuthorizationResponse, wordsOf } from '../oauth-errors.ts'

/** Checked parameters, from which a code may be exchanged. */
export type AuthorizationResponse = URLSearchParams

/**
 * The caller has found the request by its `state` already: that is how it knows whom it asked.
 * @throws oauth.response_invalid, oauth.authorization_refused
 */
export function checkAuthorizationResponse(
  server: Pick<ServerMetadata, 'issuer' | 'issParameterSupported'>,
  clientId: string,
  parameters: URLSearchParams,
): AuthorizationResponse {
  const as = { issuer: server.issuer, authorization_response_iss_parameter_supported: server.issParameterSupported }
  // RFC 9207 §2.4: what is there is compared, be it empty or there twice.
  if (parameters.getAll('iss').some((iss) => iss !== server.issuer)) throw invalidAuthorizationResponse()
  let checked: URLSearchParams
  try {
    checked = validateAuthResponse(as, { client_id: clientId }, parameters, skipStateCheck)
  } catch (error) {
    if (error instanceof AuthorizationResponseError) throw authorizationRefused(wordsOf(Object.fromEntries(parameters)))
    throw invalidAuthorizationResponse(error)
  }
  // RFC 6749 §3.1: no parameter may be there twice.
  const [code, ...more] = checked.getAll('code')
  if (!code || more.length > 0) throw invalidAuthorizationResponse()
  return checked
}
