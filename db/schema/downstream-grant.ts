import { foreignKey, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { downstreamClient } from './downstream-client.ts'
import { member } from './member.ts'
import { namespace } from './namespace.ts'

/** What a member let an MCP client do in a namespace: first as a code, then as refresh tokens, one after the other. */
export const downstreamGrant = sqliteTable(
  'downstream_grant',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    namespace: text('namespace').notNull(),
    memberId: text('member_id').notNull().references(() => member.id, { onDelete: 'cascade' }),
    clientId: text('client_id').notNull().references(() => downstreamClient.id, { onDelete: 'cascade' }),
    redirectUri: text('redirect_uri').notNull(),
    /** The one address that its tokens are for. */
    audience: text('audience').notNull(),
    /** What its tokens may do; plain, because it says what is allowed. */
    policy: text('policy', { mode: 'json' }).$type<unknown[]>().notNull(),
    /** SHA-256 hash of the code, hex; the code has 256 random bits. */
    codeHash: text('code_hash').notNull().unique('downstream_grant_code'),
    codeChallenge: text('code_challenge').notNull(),
    /** SHA-256 hash of the part that all refresh tokens of this grant share, hex. Null until the code is used. */
    familyHash: text('family_hash').unique('downstream_grant_family'),
    /** SHA-256 hash of the refresh token that counts now, hex. */
    refreshHash: text('refresh_hash'),
    createdAt: integer('created_at').notNull(),
    /** When the code was used. */
    redeemedAt: integer('redeemed_at'),
    lastUsedAt: integer('last_used_at'),
    /** Of the code, then of the refresh token that counts now. */
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'downstream_grant_owner',
      columns: [table.namespace, table.organizationId],
      foreignColumns: [namespace.name, namespace.organizationId],
    }).onDelete('cascade'),
    index('downstream_grant_by_owner').on(table.namespace, table.organizationId),
    index('downstream_grant_by_member').on(table.memberId, table.createdAt, table.id),
    index('downstream_grant_by_client').on(table.clientId),
    index('downstream_grant_by_end').on(table.expiresAt),
  ],
)

export type DownstreamGrantRow = typeof downstreamGrant.$inferSelect
