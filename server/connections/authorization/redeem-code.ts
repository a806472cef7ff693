// The code that an authorization server sent back, exchanged for tokens. Nothing is stored yet: who asked says what becomes of them.
import { findConnectionByUid } from '../../../db/queries/connections.ts'
import type { AuthorizationRequestRow } from '../../../db/schema/authorization-request.ts'
import type { House } from '../../context/context.ts'
import { isAppError } from '../../lib/app-error.ts'
import { checkAuthorizationResponse } from '../../oauth/grant/authorization-response.ts'
import { exchangeCode } from '../../oauth/grant/exchange-code.ts'
import type { TokenSet } from '../../oauth/grant/token-response.ts'
import { browserExchange } from '../../oauth/trace/exchange.ts'
import { traceWire } from '../../oauth/trace/traced-wire.ts'
import type { FlowTrace } from '../../trace/flow-trace.ts'
import { verifierPlace } from '../../vault/grant-place.ts'
import { destinationUrl } from '../mcp-url.ts'
import { authorizationRequestNotFound } from './authorization-errors.ts'
import { clientOfGrant, retireClient } from './find-client.ts'
import { createOAuthWire, trustOf } from './oauth-wire.ts'

/** Whose grant it is and who gave it, as it was when the person left for the authorization server. */
export type GrantTerms = Pick<
  AuthorizationRequestRow,
  'organizationId' | 'connectionUid' | 'credentialGeneration' | 'issuer' | 'tokenEndpoint' | 'revocationEndpoint' | 'registrationId' | 'clientId' | 'resource' | 'scope'
>

/** Plain JSON: it may be sealed and kept for a while. */
export interface Redemption {
  /** Under which it is told in the connection's timeline. */
  flowId: string
  terms: GrantTerms
  /** Where the access token may be sent: origin and path of the MCP server. */
  destination: string
  tokens: TokenSet
  requestedAtMs: number
}

/** @throws authorization.request_not_found, oauth.* */
export async function redeemCode(house: House, request: AuthorizationRequestRow, parameters: URLSearchParams, trace: FlowTrace): Promise<Redemption> {
  const { issuer, tokenEndpoint, issParameterSupported, redirectUri } = request
  const server = { issuer, tokenEndpoint, revocationEndpoint: request.revocationEndpoint ?? undefined, issParameterSupported }
  const response = await trace.step(
    'callback',
    (note) => {
      note(browserExchange(new URL(redirectUri), parameters))
      return checkAuthorizationResponse(server, request.clientId, parameters)
    },
    'answer_accepted',
  )
  const stored = await findConnectionByUid(house.db, { uid: request.connectionUid })
  if (!stored) throw authorizationRequestNotFound()
  const mcpUrl = destinationUrl(stored.connection.mcpUrl)
  await house.vault.prepareOrganization(request.organizationId)
  const verifier = house.vault.open(verifierPlace(request), request.verifierSealed)
  const client = await clientOfGrant(house, request)
  const wire = createOAuthWire(house.egress, trustOf(mcpUrl))
  const requestedAtMs = house.db.now()
  const exchange = { server, client, response, redirectUri, verifier, resource: request.resource ?? undefined }
  const redeemed = trace.step('token', (note) => exchangeCode(traceWire(wire, note), exchange), 'code_redeemed')
  const tokens = await redeemed.catch(async (error: unknown) => {
    if (isAppError(error) && error.code === 'oauth.client_invalid') await retireClient(house, request.registrationId)
    throw error
  })
  return { flowId: request.id, terms: termsOf(request), destination: mcpUrl.href, tokens, requestedAtMs }
}

const termsOf = (request: AuthorizationRequestRow): GrantTerms => ({
  organizationId: request.organizationId,
  connectionUid: request.connectionUid,
  credentialGeneration: request.credentialGeneration,
  issuer: request.issuer,
  tokenEndpoint: request.tokenEndpoint,
  revocationEndpoint: request.revocationEndpoint,
  registrationId: request.registrationId,
  clientId: request.clientId,
  resource: request.resource,
  scope: request.scope,
})
