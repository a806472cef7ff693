import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organization } from './organization.ts'

/** A service token as it was minted. Its holders narrow it by themselves, and that is written nowhere. */
export const serviceToken = sqliteTable(
  'service_token',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull().references(() => organization.id, { onDelete: 'cascade' }),
    name: text('name'),
    /** `api_key:…` or `member:…`; the token ends with whoever minted it. */
    mintedBy: text('minted_by').notNull(),
    /** SHA-256 hash of the token's signature, base64url: what its revocation is known by. The signature itself is shown once, in the token. */
    signatureHash: text('signature_hash').notNull(),
    /** Plain, because it says what the token may do, and is no secret to those who may list it. */
    policy: text('policy', { mode: 'json' }).$type<unknown[]>().notNull(),
    /** The grant to an MCP client that it is an access token of. */
    grantId: text('grant_id'),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    revokedAt: integer('revoked_at'),
  },
  (table) => [
    index('service_token_by_organization').on(table.organizationId, table.createdAt, table.id),
    index('service_token_by_signature').on(table.signatureHash),
    index('service_token_by_end').on(table.expiresAt),
    index('service_token_by_grant').on(table.grantId),
  ],
)

export type ServiceTokenRow = typeof serviceToken.$inferSelect
