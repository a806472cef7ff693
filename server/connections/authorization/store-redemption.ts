// Tokens become a connection's grant, unless something else changed its credential meanwhile: then they are given back.
import { findGrant, putGrant } from '../../../db/queries/oauth-grants.ts'
import type { OAuthGrantRow } from '../../../db/schema/oauth-grant.ts'
import type { House } from '../../context/context.ts'
import { isAppError } from '../../lib/app-error.ts'
import { newId } from '../../lib/ids.ts'
import { expiresAtMs } from '../../oauth/grant/lifetime.ts'
import { revokeToken } from '../../oauth/grant/revoke-token.ts'
import { traceWire } from '../../oauth/trace/traced-wire.ts'
import type { FlowTrace } from '../../trace/flow-trace.ts'
import { alreadyAuthorized } from './authorization-errors.ts'
import { clientOfGrant } from './find-client.ts'
import { sealAccessToken, sealRefreshToken } from './grant-secrets.ts'
import { createOAuthWire, trustOf } from './oauth-wire.ts'
import type { Redemption } from './redeem-code.ts'
import { refreshTimeOf } from './refresh-time.ts'
import { tokenEndpointOf } from './token-endpoint-of.ts'

/** `heldFor`: the connect session for which they were held until now. @throws authorization.already_done */
export async function storeRedemption(house: House, redemption: Redemption, trace: FlowTrace, heldFor?: string): Promise<void> {
  const { connectionUid, credentialGeneration } = redemption.terms
  const generation = ((await findGrant(house.db, connectionUid))?.generation ?? 0) + 1
  const grant = grantOf(house, redemption, generation)
  const stored = trace.step('grant', async () => {
    if (!(await putGrant(house.db, { grant, credentialGeneration, heldFor }))) throw alreadyAuthorized()
  }, 'grant_stored')
  await stored.catch(async (error: unknown) => {
    // Nobody holds these tokens now, so nobody should be able to use them.
    if (isAppError(error) && error.code === 'authorization.already_done') await giveBackRedemption(house, redemption, trace)
    throw error
  })
}

/** Whether the authorization server said that the tokens are good for nothing now. Never throws for what it says. */
export async function giveBackRedemption(house: House, { terms, destination, tokens }: Redemption, trace: FlowTrace): Promise<boolean> {
  const wire = createOAuthWire(house.egress, trustOf(new URL(destination)))
  const client = await clientOfGrant(house, terms)
  // RFC 7009 §2.1: revoking the refresh token ends the access tokens that came of it.
  const token = tokens.refreshToken || tokens.accessToken
  return trace.step('revocation', (note) => revokeToken(traceWire(wire, note), tokenEndpointOf(terms), client, token), (isGone) => (isGone ? 'grant_given_back' : 'grant_not_given_back'))
}

function grantOf(house: House, { terms, destination, tokens, requestedAtMs }: Redemption, generation: number): OAuthGrantRow {
  const { organizationId, connectionUid, issuer, tokenEndpoint, clientId, credentialGeneration: _asked, ...rest } = terms
  const name = { organizationId, connectionUid, generation }
  const expiresAt = expiresAtMs(requestedAtMs, tokens.expiresInSeconds) ?? null
  const { refreshToken } = tokens
  return {
    ...name,
    ...rest,
    grantId: newId('gra'),
    issuer,
    tokenEndpoint,
    clientId,
    scope: tokens.scope ?? terms.scope,
    wantedScope: null,
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
