// What a grant is renewed with: its refresh token, or, without a person, the same request as the first time.
import type { MachineGrant } from '../../../db/schema/connection.ts'
import type { OAuthGrantRow } from '../../../db/schema/oauth-grant.ts'
import type { House } from '../../context/context.ts'
import type { OAuthClient } from '../../oauth/client.ts'
import { refreshTokens } from '../../oauth/grant/refresh-token.ts'
import type { TokenSet } from '../../oauth/grant/token-response.ts'
import type { NoteExchange } from '../../oauth/trace/exchange.ts'
import { traceWire } from '../../oauth/trace/traced-wire.ts'
import type { OAuthWire } from '../../oauth/wire.ts'
import { openRefreshToken } from './grant-secrets.ts'
import { requestMachineTokens } from './request-machine-tokens.ts'
import { tokenEndpointOf } from './token-endpoint-of.ts'

interface Renewal {
  wire: OAuthWire
  client: OAuthClient
  grant: OAuthGrantRow & { refreshSealed: string }
  machineGrant: MachineGrant | null
  note: NoteExchange
}

/** @throws oauth.*, authorization.client_refused, authorization.identity_refused */
export async function requestRenewal(house: House, { wire, client, grant, machineGrant, note }: Renewal): Promise<TokenSet> {
  const server = tokenEndpointOf(grant)
  const resource = grant.resource ?? undefined
  // Opened for a machine, too: it says where the secret of the client may go.
  const refreshToken = openRefreshToken(house.vault, grant)
  if (machineGrant === null) return refreshTokens(traceWire(wire, note), { server, client, refreshToken, resource })
  const { registrationId, scope } = grant
  return requestMachineTokens(house, { wire, note, server, client, registrationId, machineGrant, resource, scope: scope ?? undefined })
}
