// What MCP clients read before they sign somebody in here: whose tokens an endpoint takes (RFC 9728), and how to come by
// one (RFC 8414). The same for every caller and every name, so it tells nobody which namespaces there are.
import type { House } from '../context/context.ts'
import { namespaceName } from '../namespaces/namespace-name.ts'

type Installation = Pick<House, 'config'>

export const issuerOf = ({ config }: Installation): string => config.publicUrl.origin

/** The address of a namespace's endpoint: the only thing that tokens from here are for. */
export const resourceOf = (house: Installation, namespace: string): string => `${issuerOf(house)}/mcp/${namespace}`

export function namespaceOfResource(house: Installation, resource: string): string | undefined {
  const prefix = resourceOf(house, '')
  const name = resource.slice(prefix.length)
  return resource.startsWith(prefix) && namespaceName.safeParse(name).success ? name : undefined
}

/** Where RFC 9728 §3.1 has a client look for it. */
export const metadataAddressOf = (house: Installation, namespace: string): string => `${issuerOf(house)}/.well-known/oauth-protected-resource/mcp/${namespace}`

export const describeResource = (house: Installation, namespace: string) => ({
  resource: resourceOf(house, namespace),
  authorization_servers: [issuerOf(house)],
  bearer_methods_supported: ['header'],
  resource_name: `Plugboard: ${namespace}`,
})

export function describeServer(house: Installation) {
  const issuer = issuerOf(house)
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth/authorize`,
    token_endpoint: `${issuer}/oauth/token`,
    registration_endpoint: `${issuer}/oauth/register`,
    // Client ID Metadata Documents §5.
    client_id_metadata_document_supported: true,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  }
}
