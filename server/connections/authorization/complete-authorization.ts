// A browser came back: is this the answer to a request of this very browser, from the server that was asked? Then the
// code is exchanged, once, and what it brings is stored before anything else happens.
import { consumeAuthorizationRequest, findAuthorizationRequest } from '../../../db/queries/authorization-requests.ts'
import { findConnectionByUid } from '../../../db/queries/connections.ts'
import { findGrant, putGrant } from '../../../db/queries/oauth-grants.ts'
import type { AuthorizationRequestRow } from '../../../db/schema/authorization-request.ts'
import type { OAuthGrantRow } from '../../../db/schema/oauth-grant.ts'
import type { House } from '../../context/context.ts'
import { isAppError } from '../../lib/app-error.ts'
import { newId } from '../../lib/ids.ts'
import { checkAuthorizationResponse } from '../../oauth/grant/authorization-response.ts'
import { exchangeCode } from '../../oauth/grant/exchange-code.ts'
import { expiresAtMs } from '../../oauth/grant/lifetime.ts'
import { revokeToken } from '../../oauth/grant/revoke-token.ts'
import type { TokenSet } from '../../oauth/grant/token-response.ts'
import { verifierPlace } from '../../vault/grant-place.ts'
import { alreadyAuthorized, authorizationRequestNotFound } from './authorization-errors.ts'
import { browserHash, stateHash } from './browser-binding.ts'
import { clientOfGrant, retireClient } from './find-client.ts'
import { sealAccessToken, sealRefreshToken } from './grant-secrets.ts'
import { createOAuthWire, trustOf } from './oauth-wire.ts'
import { issuerHash } from './redirect-uri.ts'
import { refreshTimeOf } from './refresh-time.ts'

export interface AuthorizationAnswer {
  /** The last part of the address that it arrived at. */
  issuerHash: string
  parameters: URLSearchParams
  browserSecret: string | undefined
}

export interface CompletedAuthorization {
  connectionUid: string
  returnUrl: string | undefined
}

/** @throws authorization.request_not_found, authorization.already_done, oauth.* */
export async function completeAuthorization(house: House, answer: AuthorizationAnswer): Promise<CompletedAuthorization> {
  const request = await takeRequest(house, answer)
  const server = {
    issuer: request.issuer,
    tokenEndpoint: request.tokenEndpoint,
    revocationEndpoint: request.revocationEndpoint ?? undefined,
    issParameterSupported: request.issParameterSupported,
  }
  const response = checkAuthorizationResponse(server, request.clientId, answer.parameters)
  const stored = await findConnectionByUid(house.db, { uid: request.connectionUid })
  if (!stored) throw authorizationRequestNotFound()
  const mcpUrl = new URL(stored.connection.mcpUrl)
  mcpUrl.search = ''
  await house.vault.prepareOrganization(request.organizationId)
  const verifier = house.vault.open(verifierPlace(request), request.verifierSealed)
  const client = await clientOfGrant(house, request)
  const wire = createOAuthWire(house.egress, trustOf(mcpUrl))
  const requestedAtMs = house.now()
  const { redirectUri } = request
  const exchange = exchangeCode(wire, { server, client, response, redirectUri, verifier, resource: request.resource ?? undefined })
  const tokens = await exchange.catch(async (error: unknown) => {
    if (isAppError(error) && error.code === 'oauth.client_invalid') await retireClient(house, request.registrationId)
    throw error
  })
  const generation = ((await findGrant(house.db, request.connectionUid))?.generation ?? 0) + 1
  const grant = grantOf(house, { ...request, generation }, mcpUrl.href, tokens, requestedAtMs)
  if (!(await putGrant(house.db, { grant, credentialGeneration: request.credentialGeneration }))) {
    // Nobody holds these tokens now, so nobody should be able to use them.
    await revokeToken(wire, server, client, tokens.refreshToken ?? tokens.accessToken)
    throw alreadyAuthorized()
  }
  return { connectionUid: request.connectionUid, returnUrl: request.returnUrl ?? undefined }
}

/** The request that this answers, taken out of circulation. Without the right browser it stays for whom it belongs to. */
async function takeRequest(house: House, { issuerHash: arrivedAt, parameters, browserSecret }: AuthorizationAnswer): Promise<AuthorizationRequestRow> {
  const states = parameters.getAll('state')
  const [oauthState] = states
  // RFC 6749 §3.1: no parameter may be there twice.
  if (states.length !== 1 || !oauthState || oauthState.length > 200 || browserSecret === undefined) throw authorizationRequestNotFound()
  const request = await findAuthorizationRequest(house.db, stateHash(oauthState))
  if (!request || issuerHash(request.organizationId, request.issuer) !== arrivedAt) throw authorizationRequestNotFound()
  const taken = { id: request.id, browserHash: browserHash(browserSecret, request.id), at: house.now() }
  if (!(await consumeAuthorizationRequest(house.db, taken))) throw authorizationRequestNotFound()
  return request
}

type GrantedRequest = AuthorizationRequestRow & { generation: number }

function grantOf(house: House, request: GrantedRequest, destination: string, tokens: TokenSet, requestedAtMs: number): OAuthGrantRow {
  const { organizationId, connectionUid, issuer, tokenEndpoint, clientId } = request
  const name = { organizationId, connectionUid, generation: request.generation }
  const expiresAt = expiresAtMs(requestedAtMs, tokens.expiresInSeconds) ?? null
  const { refreshToken } = tokens
  return {
    ...name,
    grantId: newId('gra'),
    issuer,
    tokenEndpoint,
    revocationEndpoint: request.revocationEndpoint,
    registrationId: request.registrationId,
    clientId,
    resource: request.resource,
    scope: tokens.scope ?? request.scope,
    accessSealed: sealAccessToken(house.vault, name, { destination, token: tokens.accessToken }),
    refreshSealed: refreshToken === undefined ? null : sealRefreshToken(house.vault, name, { issuer, tokenEndpoint, clientId, token: refreshToken }),
    expiresAt,
    refreshAt: refreshToken === undefined ? null : refreshTimeOf(requestedAtMs, expiresAt),
    leaseOwner: null,
    leaseUntil: null,
    attemptAt: null,
    failures: 0,
    grantedAt: requestedAtMs,
    updatedAt: requestedAtMs,
  }
}
