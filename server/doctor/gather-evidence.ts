// Asks everything that an examination wants to know, and changes nothing: no registration, no renewal, no status. The
// session that it opens is its own, and ends with it.
import { findConnectionRegistration, findOrganizationRegistration, findRegistration } from '../../db/queries/client-registrations.ts'
import { findConnectionByUid } from '../../db/queries/connections.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { OAuthGrantRow } from '../../db/schema/oauth-grant.ts'
import { findAuthorizationServer, findAuthorizationSource } from '../connections/authorization/discover-authorization.ts'
import { metadataDocumentUrlOf, redirectUriOf } from '../connections/authorization/redirect-uri.ts'
import { connectionNotFound } from '../connections/connection-errors.ts'
import { destinationUrl } from '../connections/mcp-url.ts'
import type { ConnectionHandle } from '../context/caches.ts'
import type { House } from '../context/context.ts'
import type { Egress } from '../egress/egress.ts'
import { UpstreamPool } from '../mcp/upstream-pool.ts'
import type { UpstreamTarget } from '../mcp/upstream-target.ts'
import { type ClientTraces, type Evidence, type GrantTraces, isExpired, isReachable, isRefused } from './evidence.ts'
import { timeStep } from './timed-step.ts'
import { createWitnessEgress } from './witness-egress.ts'

/** @throws connection.not_found if it was deleted meanwhile */
export async function gatherEvidence(house: House, { row, target }: ConnectionHandle, signal: AbortSignal): Promise<Evidence> {
  const stored = await findConnectionByUid(house.db, { uid: row.uid })
  if (!stored) throw connectionNotFound()
  const { connection, credential } = stored
  const egress = createWitnessEgress(house.egress, house.now, signal)
  const evidence: Evidence = {
    nowMs: house.now(),
    connection,
    hasCredential: credential !== null,
    grant: stored.grant && (await tracesOf(house, stored.grant)),
    route: await timeStep(() => egress.examine(destinationUrl(connection.mcpUrl), 'configured')),
    handshake: undefined,
    source: undefined,
    server: undefined,
    client: undefined,
    heads: egress.heads,
  }
  if (!isReachable(evidence)) return evidence
  // What a token that has ended is answered says nothing if the next call renews it.
  const isRenewedFirst = isExpired(evidence) && evidence.grant?.canBeRenewed === true
  if (!isRenewedFirst) evidence.handshake = await timeStep(() => shakeHands(house, egress, target))
  if (evidence.grant === null && !isRefused(evidence)) return evidence
  const witnessed = { ...house, egress }
  const source = await timeStep(() => findAuthorizationSource(witnessed, connection))
  evidence.source = source
  if (source.failure) return evidence
  evidence.server = await timeStep(() => findAuthorizationServer(witnessed, connection, source.value))
  evidence.client = await findClientTraces(house, connection, source.value.issuer)
  return evidence
}

async function tracesOf(house: House, { accessSealed: _sealed, refreshSealed, ...traces }: OAuthGrantRow): Promise<GrantTraces> {
  const registration = traces.registrationId === null ? undefined : await findRegistration(house.db, traces.registrationId)
  return { ...traces, canBeRenewed: refreshSealed !== null, secretExpiresAt: registration?.secretExpiresAt ?? null }
}

/** With the stored credential, as a call would, but in a session beside those of calls; a token that is refused is not renewed. */
async function shakeHands(house: House, egress: Egress, target: UpstreamTarget) {
  const pool = new UpstreamPool({ egress, now: house.now, log: house.log })
  try {
    const { identity, verdict } = await pool.acquire({ ...target, verdict: undefined, renewal: undefined }, '')
    return { protocolVersion: identity.protocolVersion, verdict }
  } finally {
    await pool.close()
  }
}

async function findClientTraces(house: House, { organizationId, uid }: ConnectionRow, issuer: string): Promise<ClientTraces> {
  const [own, shared] = await Promise.all([
    findConnectionRegistration(house.db, uid),
    findOrganizationRegistration(house.db, { organizationId, issuer }),
  ])
  return {
    own,
    shared,
    redirectUri: redirectUriOf(house, organizationId, issuer),
    metadataDocumentUrl: metadataDocumentUrlOf(house, organizationId, issuer),
  }
}
