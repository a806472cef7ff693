// Tokens, sealed together with where they may go. What is opened says so itself, and is held against the
// place it is about to be used for: a row that was tampered with sends nothing anywhere.
import type { OAuthGrantRow } from '../../../db/schema/oauth-grant.ts'
import type { Vault } from '../../vault/vault.ts'
import { grantPlace } from '../../vault/grant-place.ts'
import { credentialDestinationMismatch } from '../connection-errors.ts'

interface AccessToken {
  /** Origin and path of the MCP server. */
  destination: string
  token: string
}

interface RefreshToken {
  issuer: string
  tokenEndpoint: string
  clientId: string
  token: string
}

type GrantName = Pick<OAuthGrantRow, 'organizationId' | 'connectionUid' | 'generation'>

export const sealAccessToken = (vault: Vault, name: GrantName, access: AccessToken): string =>
  vault.seal(grantPlace(name, 'access_sealed'), JSON.stringify(access))

export const sealRefreshToken = (vault: Vault, name: GrantName, refresh: RefreshToken): string =>
  vault.seal(grantPlace(name, 'refresh_sealed'), JSON.stringify(refresh))

/** Each run opens the token for one call. @throws connection.credential_destination_mismatch, vault.* */
export function accessTokenOpener(vault: Vault, row: GrantName & Pick<OAuthGrantRow, 'accessSealed'>, destination: string): () => string {
  const open = vault.opener(grantPlace(row, 'access_sealed'), row.accessSealed)
  return () => {
    const access = JSON.parse(open()) as AccessToken
    if (access.destination !== destination) throw credentialDestinationMismatch()
    return access.token
  }
}

/** @throws connection.credential_destination_mismatch, vault.* */
export function openRefreshToken(vault: Vault, row: OAuthGrantRow & { refreshSealed: string }): string {
  const refresh = JSON.parse(vault.open(grantPlace(row, 'refresh_sealed'), row.refreshSealed)) as RefreshToken
  const isHere = refresh.issuer === row.issuer && refresh.tokenEndpoint === row.tokenEndpoint && refresh.clientId === row.clientId
  if (!isHere) throw credentialDestinationMismatch()
  return refresh.token
}
