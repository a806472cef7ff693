// From an MCP server that answers 401 to the authorization server that can help: asked afresh each time
// somebody signs in, because servers move.
import type { ConnectionRow } from '../../../db/schema/connection.ts'
import type { House } from '../../context/context.ts'
import { readBearerChallenge, type BearerChallenge } from '../../oauth/discovery/challenge.ts'
import { legacyEndpoints } from '../../oauth/discovery/legacy-endpoints.ts'
import { readEndpoint } from '../../oauth/discovery/endpoint-url.ts'
import { resourceIndicator } from '../../oauth/discovery/resource-indicator.ts'
import { readResourceMetadata } from '../../oauth/discovery/resource-metadata.ts'
import { findServerMetadata, type ServerMetadata } from '../../oauth/discovery/server-metadata.ts'
import { metadataUnavailable } from '../../oauth/oauth-errors.ts'
import { askForChallenge } from '../../mcp/ask-for-challenge.ts'
import { destinationUrl } from '../mcp-url.ts'
import { createOAuthWire, trustOf } from './oauth-wire.ts'

export interface Authorization {
  /** As the MCP server named it: what our registration there is kept under, whatever its metadata may call itself. */
  issuer: string
  server: ServerMetadata
  /** What tokens are asked for (RFC 8707). */
  resource: string
  challenge: BearerChallenge | undefined
  /** `scopes_supported` of the resource. */
  resourceScopes: string[] | undefined
}

/** @throws oauth.*, upstream.* */
export async function discoverAuthorization(house: House, connection: Pick<ConnectionRow, 'mcpUrl' | 'oauth'>): Promise<Authorization> {
  // Discovery gets none of the credential.
  const mcpUrl = destinationUrl(connection.mcpUrl)
  const { trustedIssuer, legacyEndpoints: mayGuess } = connection.oauth ?? {}
  const trust = trustOf(mcpUrl)
  const wire = createOAuthWire(house.egress, trust)
  const allowHttpLoopback = house.config.laptop && trust === 'configured'
  const challenge = readBearerChallenge(await askForChallenge(house.egress, mcpUrl))
  const fromChallenge = challenge && readEndpoint(challenge.resourceMetadata, { allowHttpLoopback })
  const resource = await readResourceMetadata(wire, { mcpUrl, fromChallenge, allowHttpLoopback })
  // Servers of 2025-03-26 have no resource metadata: their own origin is the issuer.
  const issuer = resource?.authorizationServers[0] ?? mcpUrl.origin
  const found = await findServerMetadata(wire, { issuer, trustedIssuer, allowHttpLoopback })
  const server = found ?? (mayGuess && !resource ? legacyEndpoints(issuer) : undefined)
  if (!server) throw metadataUnavailable('authorization server')
  return {
    issuer,
    server,
    resource: resource?.resource ?? resourceIndicator(mcpUrl),
    challenge,
    resourceScopes: resource?.scopesSupported,
  }
}
