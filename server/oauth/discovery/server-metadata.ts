// RFC 8414 and OpenID Connect Discovery 1.0: an authorization server's endpoints, believed only when the
// document names the issuer that its address was built from.
import type { OAuthWire } from '../wire.ts'
import { issuerMismatch, metadataUnavailable, pkceUnsupported, unsafeEndpoint } from '../oauth-errors.ts'
import { isAbsent } from './document-status.ts'
import { readEndpoint } from './endpoint-url.ts'
import { stringList } from './resource-metadata.ts'

export interface ServerMetadata {
  issuer: string
  /** Empty where nobody is sent there. */
  authorizationEndpoint: string
  tokenEndpoint: string
  registrationEndpoint: string | undefined
  revocationEndpoint: string | undefined
  scopesSupported: string[] | undefined
  /** RFC 8414 §2: client_secret_basic if it says nothing. */
  tokenAuthMethods: string[]
  /** RFC 9207 §3: it puts its name on every authorization response. */
  issParameterSupported: boolean
  /** Client ID Metadata Documents: a URL may be the client id. */
  metadataDocumentSupported: boolean
  /** RFC 9728 §4: the resources that it says are its own, if it lists them. */
  protectedResources: string[] | undefined
}

/** MCP 2025-11-25 authorization, Authorization Server Metadata Discovery: the order of the three, or two without a path. */
export function serverMetadataUrls(issuer: URL): URL[] {
  const path = issuer.pathname.replace(/\/$/, '')
  const at = (pathname: string) => new URL(pathname, issuer.origin)
  if (path === '') return [at('/.well-known/oauth-authorization-server'), at('/.well-known/openid-configuration')]
  return [
    at(`/.well-known/oauth-authorization-server${path}`),
    at(`/.well-known/openid-configuration${path}`),
    at(`${path}/.well-known/openid-configuration`),
  ]
}

export interface ReadServerMetadata {
  issuer: string
  /** An issuer that the operator trusts this document to name instead, for providers known to name another. */
  trustedIssuer?: string | undefined
  allowHttpLoopback: boolean
  /** No person is sent there, so it needs no address for one, and no PKCE (RFC 8414 §2). */
  forMachine?: boolean | undefined
}

/** @throws oauth.metadata_unavailable, oauth.issuer_mismatch, oauth.unsafe_endpoint, oauth.pkce_unsupported */
export async function readServerMetadata(wire: OAuthWire, input: ReadServerMetadata): Promise<ServerMetadata> {
  const found = await findServerMetadata(wire, input)
  if (!found) throw metadataUnavailable('authorization server')
  return found
}

/** Undefined if every place says that it has none. @throws like `readServerMetadata` for whatever else */
export async function findServerMetadata(wire: OAuthWire, input: ReadServerMetadata): Promise<ServerMetadata | undefined> {
  const issuer = readEndpoint(input.issuer, input)
  if (!issuer) throw unsafeEndpoint('issuer')
  for (const url of serverMetadataUrls(issuer)) {
    const document = await wire.getJson(url).catch((cause: unknown) => {
      throw metadataUnavailable('authorization server', cause)
    })
    if (isAbsent(document)) continue
    // An outage, or a document that is refused, ends it: the next address must not be asked for a kinder one.
    if (document.status !== 200) throw metadataUnavailable('authorization server')
    return readDocument(document.json as Record<string, unknown>, input)
  }
  return undefined
}

function readDocument(json: Record<string, unknown>, input: ReadServerMetadata): ServerMetadata {
  // Simple string comparison (RFC 8414 §3.3): no normalisation, or two names could be one.
  if (json.issuer !== input.issuer && (input.trustedIssuer === undefined || json.issuer !== input.trustedIssuer)) throw issuerMismatch()
  const required = (name: string): string => optional(name) ?? refuse(name)
  const optional = (name: string): string | undefined => {
    if (json[name] === undefined || json[name] === null) return undefined
    return readEndpoint(json[name], input)?.href ?? refuse(name)
  }
  if (!input.forMachine && !stringList(json.code_challenge_methods_supported)?.includes('S256')) throw pkceUnsupported()
  return {
    issuer: json.issuer as string,
    authorizationEndpoint: input.forMachine ? '' : required('authorization_endpoint'),
    tokenEndpoint: required('token_endpoint'),
    registrationEndpoint: optional('registration_endpoint'),
    revocationEndpoint: optional('revocation_endpoint'),
    scopesSupported: stringList(json.scopes_supported),
    tokenAuthMethods: stringList(json.token_endpoint_auth_methods_supported) ?? ['client_secret_basic'],
    issParameterSupported: json.authorization_response_iss_parameter_supported === true,
    metadataDocumentSupported: json.client_id_metadata_document_supported === true,
    protectedResources: stringList(json.protected_resources),
  }
}

function refuse(name: string): never {
  throw unsafeEndpoint(name)
}
