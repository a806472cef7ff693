import type { ServerMetadata } from '../../../server/oauth/discovery/server-metadata.ts'

/** An authorization server that can do everything, unless told otherwise. */
export const serverOf = (more: Partial<ServerMetadata> = {}): ServerMetadata => ({
  issuer: 'https://as.example',
  authorizationEndpoint: 'https://as.example/authorize',
  tokenEndpoint: 'https://as.example/token',
  registrationEndpoint: 'https://as.example/register',
  revocationEndpoint: 'https://as.example/revoke',
  scopesSupported: undefined,
  tokenAuthMethods: ['client_secret_basic'],
  issParameterSupported: false,
  metadataDocumentSupported: false,
  protectedResources: undefined,
  ...more,
})
