export interface CredentialDescription {
  /** `none`: it presents nothing. */
  kind: 'none' | 'configured'
  headerNames: string[]
  queryNames: string[]
  createdAt: string | null
  updatedAt: string | null
}
