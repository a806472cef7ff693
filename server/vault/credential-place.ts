import type { SecretPlace } from './associated-data.ts'

/** Where a connection's credential lives: one spelling for whoever seals it, opens it or rewraps it. */
export const credentialPlace = (row: { organizationId: string; connectionUid: string; generation: number }): SecretPlace => ({
  organizationId: row.organizationId,
  table: 'credential',
  column: 'sealed',
  rowId: row.connectionUid,
  generation: row.generation,
})
