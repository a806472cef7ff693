import type { SecretPlace } from './associated-data.ts'

/** Where the secrets live that an endpoint's messages are signed with. */
export const webhookSecretPlace = (row: { organizationId: string; id: string; generation: number }): SecretPlace => ({
  organizationId: row.organizationId,
  table: 'webhook_endpoint',
  column: 'secret_sealed',
  rowId: row.id,
  generation: row.generation,
})
