import type { OAuthGrantRow } from '../../../db/schema/oauth-grant.ts'
import type { TokenEndpoint } from '../../oauth/grant/token-endpoint.ts'

/** Where a grant's tokens come from and are given back, as it was pinned at consent. */
export const tokenEndpointOf = (row: Pick<OAuthGrantRow, 'issuer' | 'tokenEndpoint' | 'revocationEndpoint'>): TokenEndpoint => ({
  issuer: row.issuer,
  tokenEndpoint: row.tokenEndpoint,
  revocationEndpoint: row.revocationEndpoint ?? undefined,
})
