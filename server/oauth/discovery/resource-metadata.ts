// RFC 9728: what a protected MCP server says about itself, and which authorization servers it trusts.
import type { OAuthWire } from '../wire.ts'
import { metadataUnavailable, noAuthorizationServer, resourceMismatch } from '../oauth-errors.ts'
import { isAbsent } from './document-status.ts'
import { readEndpoint } from './endpoint-url.ts'
import { coversResource } from './resource-indicator.ts'

export interface ResourceMetadata {
  /** As the server spells it: what tokens are asked for. */
  resource: string
  /** Issuers, in the server's order of preference; at least one. */
  authorizationServers: string[]
  scopesSupported: string[] | undefined
}

const WELL_KNOWN = '/.well-known/oauth-protected-resource'

/** MCP 2025-11-25 authorization, Protected Resource Metadata Discovery: the challenge's address, else the path's, then the root's. */
export function resourceMetadataUrls(mcpUrl: URL, fromChallenge: URL | undefined): URL[] {
  if (fromChallenge) return [fromChallenge]
  const path = mcpUrl.pathname.replace(/\/$/, '')
  const urls = path === '' ? [] : [new URL(WELL_KNOWN + path, mcpUrl)]
  return [...urls, new URL(WELL_KNOWN, mcpUrl)]
}

export interface ReadResourceMetadata {
  mcpUrl: URL
  fromChallenge: URL | undefined
  allowHttpLoopback: boolean
}

/**
 * Undefined if every place answers 404: servers of 2025-03-26 have none.
 * @throws oauth.metadata_unavailable, oauth.resource_mismatch, oauth.no_authorization_server
 */
export async function readResourceMetadata(wire: OAuthWire, input: ReadResourceMetadata): Promise<ResourceMetadata | undefined> {
  for (const url of resourceMetadataUrls(input.mcpUrl, input.fromChallenge)) {
    const document = await wire.getJson(url).catch((cause: unknown) => {
      throw metadataUnavailable('protected resource', cause)
    })
    if (isAbsent(document)) continue
    // An outage: guessing on would ask the wrong server.
    if (document.status !== 200) throw metadataUnavailable('protected resource')
    return readDocument(document.json as Record<string, unknown>, input)
  }
  if (input.fromChallenge) throw metadataUnavailable('protected resource')
  return undefined
}

function readDocument(json: Record<string, unknown>, { mcpUrl, allowHttpLoopback }: ReadResourceMetadata): ResourceMetadata {
  if (!coversResource(json.resource, mcpUrl)) throw resourceMismatch()
  const named = Array.isArray(json.authorization_servers) ? json.authorization_servers : []
  const authorizationServers = named.filter((issuer): issuer is string => readEndpoint(issuer, { allowHttpLoopback }) !== undefined)
  if (authorizationServers.length === 0) throw noAuthorizationServer()
  return { resource: json.resource, authorizationServers, scopesSupported: stringList(json.scopes_supported) }
}

export const stringList = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? value.slice(0, 200) : undefined
