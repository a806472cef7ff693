// A browser came back: is this the answer to a request of this very browser? Then the request is taken, once.
import { consumeAuthorizationRequest, findAuthorizationRequest } from '../../../db/queries/authorization-requests.ts'
import type { AuthorizationRequestRow } from '../../../db/schema/authorization-request.ts'
import type { House } from '../../context/context.ts'
import { authorizationRequestNotFound } from './authorization-errors.ts'
import { browserHash, stateHash } from './browser-binding.ts'
import { isRedirectUri } from './redirect-uri.ts'

export interface AuthorizationAnswer {
  /** The last part of the address that it arrived at. */
  issuerHash: string
  parameters: URLSearchParams
  browserSecret: string | undefined
}

/** Out of circulation from here on. Without the right browser it stays for whom it belongs to. @throws authorization.request_not_found */
export async function takeRequest(house: House, { issuerHash: arrivedAt, parameters, browserSecret }: AuthorizationAnswer): Promise<AuthorizationRequestRow> {
  const states = parameters.getAll('state')
  const [oauthState] = states
  // RFC 6749 §3.1: no parameter may be there twice.
  if (states.length !== 1 || !oauthState || oauthState.length > 200 || browserSecret === undefined) throw authorizationRequestNotFound()
  const request = await findAuthorizationRequest(house.db, stateHash(oauthState))
  if (!request || !isRedirectUri(request.redirectUri, arrivedAt)) throw authorizationRequestNotFound()
  const taken = { id: request.id, browserHash: browserHash(browserSecret, request.id), at: house.now() }
  if (!(await consumeAuthorizationRequest(house.db, taken))) throw authorizationRequestNotFound()
  return request
}
