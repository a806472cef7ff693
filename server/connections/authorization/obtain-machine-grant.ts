// The first token of a connection that needs no person. Later ones are renewals, and go where this one came from.
import { findGrant } from '../../../db/queries/oauth-grants.ts'
import type { ConnectionRow } from '../../../db/schema/connection.ts'
import type { House } from '../../context/context.ts'
import { isAppError } from '../../lib/app-error.ts'
import { newId } from '../../lib/ids.ts'
import type { FlowTrace } from '../../trace/flow-trace.ts'
import { destinationUrl } from '../mcp-url.ts'
import { discoverAuthorization } from './discover-authorization.ts'
import { findClient } from './find-client.ts'
import { createOAuthWire, trustOf } from './oauth-wire.ts'
import type { Redemption } from './redeem-code.ts'
import { requestMachineTokens } from './request-machine-tokens.ts'
import { scopeToRequest } from './scope-to-request.ts'
import { storeRedemption } from './store-redemption.ts'

export type MachineConnection = ConnectionRow & { machineGrant: NonNullable<ConnectionRow['machineGrant']> }

export const isMachine = (row: ConnectionRow): row is MachineConnection => row.machineGrant !== null

/** However many calls wait for it, it is asked for once. @throws authorization.*, oauth.*, upstream.* */
export const obtainMachineGrant = (house: House, row: MachineConnection): Promise<void> =>
  house.flights.firstTokens.run(row.uid, async () => {
    const flowId = newId('flow')
    const trace = house.traces.startFlow('authorization', row, flowId)
    const redemption = await askForTokens(house, row, trace)
    await storeRedemption(house, { ...redemption, flowId }, trace).catch((error: unknown) => acceptOther(house, row, error))
  })

async function askForTokens(house: House, row: MachineConnection, trace: FlowTrace): Promise<Omit<Redemption, 'flowId'>> {
  const { uid: connectionUid, organizationId, credentialGeneration, machineGrant } = row
  const mcpUrl = destinationUrl(row.mcpUrl)
  const authorization = await discoverAuthorization(house, row, trace)
  const { issuer, server, resource } = authorization
  await house.vault.prepareOrganization(organizationId)
  const wire = createOAuthWire(house.egress, trustOf(mcpUrl))
  const wanted = { wire, issuer, server, organizationId, connectionUid }
  const { client, registrationId } = await trace.step('client', () => findClient(house, wanted), 'client_given')
  // Nothing outlives the token, so nothing is asked for that would (RFC 6749 §4.4.3).
  const scope = await scopeToRequest(house, connectionUid, { ...authorization, server: { ...server, scopesSupported: undefined } })
  const requestedAtMs = house.db.now()
  const request = { wire, server, client, registrationId, machineGrant, resource, scope }
  const tokens = await trace.step(machineGrant, (note) => requestMachineTokens(house, { ...request, note }), 'machine_trusted')
  const { issuer: name, tokenEndpoint, revocationEndpoint = null } = server
  const place = { organizationId, connectionUid, credentialGeneration, issuer: name, tokenEndpoint, revocationEndpoint }
  return { terms: { ...place, registrationId, clientId: client.clientId, resource, scope: scope ?? null }, destination: mcpUrl.href, tokens, requestedAtMs }
}

/** Another process asked at the same moment: its token is as good as ours. */
async function acceptOther(house: House, { uid }: MachineConnection, error: unknown): Promise<void> {
  const isBeaten = isAppError(error) && error.code === 'authorization.already_done'
  if (!isBeaten || !(await findGrant(house.db, uid))) throw error
}
