import type { SecretPlace } from './associated-data.ts'

interface GrantName {
  organizationId: string
  connectionUid: string
  generation: number
}

/** Where a grant's tokens live: one spelling for whoever seals, opens or rewraps them. */
export const grantPlace = (row: GrantName, column: 'access_sealed' | 'refresh_sealed'): SecretPlace => ({
  organizationId: row.organizationId,
  table: 'oauth_grant',
  column,
  rowId: row.connectionUid,
  generation: row.generation,
})

/** A registration's secret never changes in its row: a new secret is a new registration. */
export const registrationPlace = (row: { organizationId: string; id: string }, column: 'secret_sealed' | 'assertion_sealed'): SecretPlace => ({
  organizationId: row.organizationId,
  table: 'client_registration',
  column,
  rowId: row.id,
  generation: 1,
})

export const verifierPlace = (row: { organizationId: string; id: string }): SecretPlace => ({
  organizationId: row.organizationId,
  table: 'authorization_request',
  column: 'verifier_sealed',
  rowId: row.id,
  generation: 1,
})
