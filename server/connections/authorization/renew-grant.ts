// A new access token for an old one. A refresh token may work once only, so: one run per connection in this process,
// one owner among all processes, and what comes back is stored before anything else is looked at.
import { endGrant, findGrant, leaseGrant, markAttempt, releaseLease } from '../../../db/queries/oauth-grants.ts'
import { findConnectionByUid } from '../../../db/queries/connections.ts'
import type { OAuthGrantRow } from '../../../db/schema/oauth-grant.ts'
import { systemSource } from '../../audit/audit-entry.ts'
import type { House } from '../../context/context.ts'
import { type AppError, isAppError, toAppError } from '../../lib/app-error.ts'
import { newId } from '../../lib/ids.ts'
import { SECOND_MS } from '../../lib/units.ts'
import { expiresAtMs } from '../../oauth/grant/lifetime.ts'
import { revokeToken } from '../../oauth/grant/revoke-token.ts'
import type { TokenSet } from '../../oauth/grant/token-response.ts'
import { tokenUnavailable } from '../../oauth/oauth-errors.ts'
import type { FlowTrace } from '../../trace/flow-trace.ts'
import { connectionNotFound } from '../connection-errors.ts'
import { destinationUrl } from '../mcp-url.ts'
import { reauthorizationRequired } from './authorization-errors.ts'
import { clientOfGrant, retireClient } from './find-client.ts'
import { openRefreshToken, sealAccessToken, sealRefreshToken } from './grant-secrets.ts'
import { createOAuthWire, trustOf } from './oauth-wire.ts'
import { refreshTimeOf, retryTimeOf } from './refresh-time.ts'
import { requestRenewal } from './request-renewal.ts'
import { settleKept, storeOrKeep } from './store-or-keep.ts'
import { noteConnection } from '../note-connection.ts'
import { waitForTurn } from './wait-for-turn.ts'
import { tokenEndpointOf } from './token-endpoint-of.ts'

/** Twice what a request may take. */
const LEASE_MS = 30 * SECOND_MS

type Renewable = OAuthGrantRow & { refreshSealed: string }

/**
 * The grant after `generation`, whoever renews it.
 * @throws connection.auth_required if a person is needed; oauth.token_unavailable and the like for what may pass
 */
export const renewGrant = (house: House, input: { connectionUid: string; generation: number }): Promise<OAuthGrantRow> =>
  house.flights.renewals.run(input.connectionUid, () => renew(house, input))

async function renew(house: House, { connectionUid, generation }: { connectionUid: string; generation: number }): Promise<OAuthGrantRow> {
  for (let attempt = 0; ; attempt++) {
    await settleKept(house, connectionUid)
    const grant = await findGrant(house.db, connectionUid)
    if (!grant) throw connectionNotFound()
    if (grant.generation !== generation) return grant
    if (!isRenewable(grant)) throw reauthorizationRequired()
    const at = house.db.now()
    // However many calls wait for this token: a server that is down, or asked for a pause, gets one.
    if (grant.failures > 0 && grant.refreshAt !== null && at < grant.refreshAt) throw tokenUnavailable(Math.ceil((grant.refreshAt - at) / SECOND_MS))
    if (house.flights.ending.aborted) throw tokenUnavailable(undefined)
    const owner = newId('lease')
    const held = { connectionUid, generation, owner }
    const isOurs = (await leaseGrant(house.db, { ...held, failures: grant.failures, at, until: at + LEASE_MS })) && (await markAttempt(house.db, { ...held, at }))
    if (isOurs) return renewUnderLease(house, grant, owner, at)
    // Another process is at it, or was since we looked: its result will be ours, too.
    if (!(await waitForTurn(attempt, house.flights.ending))) throw tokenUnavailable(undefined)
  }
}

const isRenewable = (grant: OAuthGrantRow): grant is Renewable => grant.refreshSealed !== null

async function renewUnderLease(house: House, grant: Renewable, owner: string, requestedAtMs: number): Promise<OAuthGrantRow> {
  const server = tokenEndpointOf(grant)
  let tokens: TokenSet
  let destination: string
  let giveBack: (token: string) => Promise<boolean>
  let trace: FlowTrace
  try {
    const stored = await findConnectionByUid(house.db, { uid: grant.connectionUid })
    if (!stored) throw connectionNotFound()
    trace = house.traces.startFlow('refresh', stored.connection)
    const mcpUrl = destinationUrl(stored.connection.mcpUrl)
    destination = mcpUrl.href
    await house.vault.prepareOrganization(grant.organizationId)
    const client = await clientOfGrant(house, grant)
    const wire = createOAuthWire(house.egress, trustOf(mcpUrl))
    giveBack = (token) => revokeToken(wire, server, client, token)
    const { machineGrant } = stored.connection
    tokens = await trace.step('refresh', (note) => requestRenewal(house, { wire, client, grant, machineGrant, note }), 'tokens_renewed')
  } catch (error) {
    return settleFailure(house, grant, owner, toAppError(error))
  }
  // From here to the commit nothing is logged, checked or waited for: until it is written, this is the only copy.
  const renewed = renewalOf(house, grant, destination, tokens, requestedAtMs)
  const { connectionUid, generation } = grant
  const isStored = await storeOrKeep(house, { connectionUid, generation, renewed }, owner)
  trace.note('grant', isStored ? 'grant_stored' : 'grant_superseded')
  const next = await findGrant(house.db, connectionUid)
  if (!next) {
    // Deleted meanwhile, and what was given back then was the token before this one.
    await giveBack(tokens.refreshToken || tokens.accessToken)
    throw connectionNotFound()
  }
  // Our lease ran out. Ours are of the same grant as theirs, so nothing is given back; what they store is what counts.
  return isStored ? next : renew(house, { connectionUid, generation })
}

function renewalOf(house: House, grant: Renewable, destination: string, tokens: TokenSet, requestedAtMs: number) {
  const { organizationId, connectionUid, issuer, tokenEndpoint, clientId } = grant
  const name = { organizationId, connectionUid, generation: grant.generation + 1 }
  // RFC 6749 §6: without a new refresh token the old one stays good.
  const token = tokens.refreshToken ?? openRefreshToken(house.vault, grant)
  const expiresAt = expiresAtMs(requestedAtMs, tokens.expiresInSeconds) ?? null
  return {
    accessSealed: sealAccessToken(house.vault, name, { destination, token: tokens.accessToken }),
    refreshSealed: sealRefreshToken(house.vault, name, { issuer, tokenEndpoint, clientId, token }),
    expiresAt,
    refreshAt: refreshTimeOf(requestedAtMs, expiresAt),
    scope: tokens.scope ?? grant.scope,
    updatedAt: requestedAtMs,
  }
}

/** Only the server's own word ends a grant; an outage never does. */
async function settleFailure(house: House, grant: OAuthGrantRow, owner: string, error: AppError): Promise<OAuthGrantRow> {
  const { connectionUid, generation } = grant
  if (error.code === 'oauth.grant_invalid' || error.code === 'oauth.client_invalid') {
    const now = await findGrant(house.db, connectionUid)
    // Somebody else's renewal went through meanwhile: that is why ours was refused.
    if (now && now.generation !== generation) return now
    await endGrant(house.db, { connectionUid, generation, at: house.db.now() })
    if (error.code === 'oauth.client_invalid') await retireClient(house, grant.registrationId)
    await noteGrantEnd(house, grant, error)
    house.log.info('a grant ended', { connectionUid, code: error.code, inDoubt: grant.attemptAt !== null })
    throw reauthorizationRequired()
  }
  const refreshAt = retryTimeOf(house.db.now(), grant.failures, error.retryAfterSeconds)
  await releaseLease(house.db, { connectionUid, generation, owner, attempted: mayHaveArrived(error), refreshAt })
  throw error
}

async function noteGrantEnd(house: House, { connectionUid, organizationId, issuer }: OAuthGrantRow, { code }: AppError): Promise<void> {
  const stored = await findConnectionByUid(house.db, { uid: connectionUid })
  if (stored) noteConnection({ audit: house.audit, ...systemSource(organizationId) }, stored.connection, 'grant.end', { issuer, outcome: code })
}

/** Sent, and no answer that says otherwise: the refresh token may be used up. */
const mayHaveArrived = (error: AppError): boolean => {
  const { cause } = error
  return error.code === 'oauth.token_unavailable' && isAppError(cause) && (cause as { requestSent?: boolean }).requestSent !== false
}
