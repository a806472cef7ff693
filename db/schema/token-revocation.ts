import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A service token that was ended before its time, and with it all that were narrowed from it. Kept until it would have ended anyway. */
export const tokenRevocation = sqliteTable(
  'token_revocation',
  {
    /** Counts up: each process asks for what it has not seen. */
    sequence: integer('sequence').primaryKey({ autoIncrement: true }),
    organizationId: text('organization_id').notNull(),
    /** SHA-256 hash of the token's signature, base64url. */
    signatureHash: text('signature_hash').notNull().unique('token_revocation_signature'),
    /** Principal. */
    revokedBy: text('revoked_by').notNull(),
    revokedAt: integer('revoked_at').notNull(),
    endsAt: integer('ends_at').notNull(),
  },
  (table) => [index('token_revocation_by_end').on(table.endsAt)],
)

export type TokenRevocationRow = typeof tokenRevocation.$inferSelect
