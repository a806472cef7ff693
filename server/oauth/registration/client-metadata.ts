// RFC 7591 §2: what we say about ourselves, in a registration and in the document that our client id names.

export interface ClientDescription {
  clientName: string
  clientUri: string
  /** Exactly one: it is ours for one issuer alone, so that answers of two issuers cannot be mixed up (RFC 9700 §4.4.2). */
  redirectUri: string
}

export interface ClientMetadata {
  client_name: string
  client_uri: string
  redirect_uris: [string]
  grant_types: ['authorization_code', 'refresh_token']
  response_types: ['code']
  token_endpoint_auth_method: string
  /** MCP 2026-07-28: MUST be sent; OpenID registration would otherwise assume a web client, too. */
  application_type: 'web'
}

export const clientMetadata = ({ clientName, clientUri, redirectUri }: ClientDescription, tokenAuthMethod: string): ClientMetadata => ({
  client_name: clientName,
  client_uri: clientUri,
  redirect_uris: [redirectUri],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: tokenAuthMethod,
  application_type: 'web',
})

/** Client ID Metadata Documents §4.1: the document names itself, byte for byte. A document is public, so its client has no secret. */
export const clientMetadataDocument = (clientId: string, description: ClientDescription) => ({
  client_id: clientId,
  ...clientMetadata(description, 'none'),
})
