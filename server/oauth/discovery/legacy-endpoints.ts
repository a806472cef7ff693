// MCP 2025-03-26 authorization, Fallbacks for Servers without Metadata Discovery: endpoints at the root of the MCP server.
// They are a guess, so they are used only where somebody asked for it, and pinned with the grant like read ones.
import type { ServerMetadata } from './server-metadata.ts'

export function legacyEndpoints(issuer: string): ServerMetadata {
  const at = (path: string) => new URL(path, issuer).href
  return {
    issuer,
    authorizationEndpoint: at('/authorize'),
    tokenEndpoint: at('/token'),
    registrationEndpoint: at('/register'),
    revocationEndpoint: undefined,
    scopesSupported: undefined,
    // That revision asks for public clients with PKCE, which is sent whether the server says that it knows it or not.
    tokenAuthMethods: ['none'],
    issParameterSupported: false,
    metadataDocumentSupported: false,
    protectedResources: undefined,
  }
}
