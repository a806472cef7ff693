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
import { challengeExchange } from '../../oauth/trace/exchange.ts'
import { traceWire } from '../../oauth/trace/traced-wire.ts'
import { askForChallenge } from '../../mcp/ask-for-challenge.ts'
import { type FlowTrace, untraced } from '../../trace/flow-trace.ts'
import { destinationUrl } from '../mcp-url.ts'
import { createOAuthWire, trustOf } from './oauth-wire.ts'

/** What an MCP server says of who may let people in. */
export interface AuthorizationSource {
  /** As the MCP server named it: what our registration there is kept under, whatever its metadata may call itself. */
  issuer: string
  /** What tokens are asked for (RFC 8707). */
  resource: string
  challenge: BearerChallenge | undefined
  /** `scopes_supported` of the resource. */
  resourceScopes: string[] | undefined
  /** Servers of 2025-03-26 publish none. */
  hasResourceMetadata: boolean
}

export interface Authorization extends AuthorizationSource {
  server: ServerMetadata
}

type Discoverable = Pick<ConnectionRow, 'mcpUrl' | 'oauth'> & Partial<Pick<ConnectionRow, 'machineGrant'>>

/** @throws oauth.*, upstream.* */
export async function discoverAuthorization(house: House, connection: Discoverable, trace: FlowTrace): Promise<Authorization> {
  const source = await findAuthorizationSource(house, connection, trace)
  return { ...source, server: await findAuthorizationServer(house, connection, source, trace) }
}

/** @throws oauth.metadata_unavailable, oauth.resource_mismatch, oauth.no_authorization_server, upstream.* */
export async function findAuthorizationSource(house: House, { mcpUrl: stored }: Discoverable, trace = untraced): Promise<AuthorizationSource> {
  // Discovery gets none of the credential.
  const mcpUrl = destinationUrl(stored)
  const { wire, allowHttpLoopback } = discoveryFor(house, mcpUrl)
  const challenge = await trace.step(
    'challenge',
    async (note) => {
      const found = readBearerChallenge(await askForChallenge(house.egress, mcpUrl))
      if (found) note(challengeExchange(mcpUrl, found))
      return found
    },
    (found) => (found === undefined ? 'nothing_asked' : found.resourceMetadata === undefined ? 'token_wanted' : 'metadata_announced'),
  )
  const fromChallenge = challenge && readEndpoint(challenge.resourceMetadata, { allowHttpLoopback })
  const resource = await trace.step(
    'protected_resource_metadata',
    (note) => readResourceMetadata(traceWire(wire, note), { mcpUrl, fromChallenge, allowHttpLoopback }),
    (found) => (found ? 'resource_described' : 'resource_undescribed'),
  )
  return {
    // Servers of 2025-03-26 have no resource metadata: their own origin is the issuer.
    issuer: resource?.authorizationServers[0] ?? mcpUrl.origin,
    resource: resource?.resource ?? resourceIndicator(mcpUrl),
    challenge,
    resourceScopes: resource?.scopesSupported,
    hasResourceMetadata: resource !== undefined,
  }
}

/** @throws oauth.metadata_unavailable, oauth.issuer_mismatch, oauth.unsafe_endpoint, oauth.pkce_unsupported */
export async function findAuthorizationServer(house: House, { mcpUrl, oauth, machineGrant }: Discoverable, source: AuthorizationSource, trace = untraced): Promise<ServerMetadata> {
  const { issuer, hasResourceMetadata } = source
  const { wire, allowHttpLoopback } = discoveryFor(house, destinationUrl(mcpUrl))
  const found = await trace.step(
    'issuer_metadata',
    async (note) => {
      const read = await findServerMetadata(traceWire(wire, note), { issuer, trustedIssuer: oauth?.trustedIssuer, allowHttpLoopback, forMachine: Boolean(machineGrant) })
      if (!read && !(oauth?.legacyEndpoints && !hasResourceMetadata)) throw metadataUnavailable('authorization server')
      return read
    },
    (read) => (read ? 'issuer_described' : 'issuer_undescribed'),
  )
  return found ?? legacyEndpoints(issuer)
}

function discoveryFor(house: House, mcpUrl: URL) {
  const trust = trustOf(mcpUrl)
  return { wire: createOAuthWire(house.egress, trust), allowHttpLoopback: house.config.laptop && trust === 'configured' }
}
