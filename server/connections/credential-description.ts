export interface CredentialDescription {
  /** `none`: it presents nothing; `oauth`: what somebody granted, beside which headers may be configured. */
  kind: 'none' | 'configured' | 'oauth'
  headerNames: string[]
  queryNames: string[]
  createdAt: string | null
  updatedAt: string | null
  grant: GrantDescription | null
  /** How tokens are got without a person; null where one signs in. */
  machineGrant: 'client_credentials' | 'jwt_bearer' | null
}

/** What an authorization server granted, without what it granted it with. */
export interface GrantDescription {
  issuer: string
  scopes: string[]
  grantedAt: string
  /** When the access token ends; null if the server did not say. */
  expiresAt: string | null
  /** Null if it was not renewed yet. */
  renewedAt: string | null
  /** Whether a new token comes without a person. */
  renewsItself: boolean
}
