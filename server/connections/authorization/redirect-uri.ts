// Our addresses at an issuer. Each organization and issuer has its own, so that an answer shows by where it
// arrives whom it may come from (RFC 9700 §4.4.2.2), and none needs to be stored.
import { createHash } from 'node:crypto'
import type { House } from '../../context/context.ts'

export const issuerHash = (organizationId: string, issuer: string): string =>
  createHash('sha256').update(JSON.stringify([organizationId, issuer])).digest('base64url').slice(0, 32)

export const redirectUriOf = (house: House, organizationId: string, issuer: string): string =>
  `${house.config.publicUrl.origin}/oauth/callback/${issuerHash(organizationId, issuer)}`

/** Whether an answer that arrived under this hash arrived where it was asked to. */
export const isRedirectUri = (redirectUri: string, hash: string): boolean => redirectUri.endsWith(`/oauth/callback/${hash}`)

/** Client ID Metadata Documents must be read from outside over https. */
export function metadataDocumentUrlOf(house: House, organizationId: string, issuer: string): string | undefined {
  const { clientMetadataUrl, publicUrl } = house.config
  if (clientMetadataUrl !== undefined) return clientMetadataUrl
  return publicUrl.protocol === 'https:' ? `${publicUrl.origin}/oauth/client-metadata/${issuerHash(organizationId, issuer)}.json` : undefined
}
