import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { member, type MemberRole } from './member.ts'
import { organization } from './organization.ts'

/** A link that makes whoever opens it a member, once. */
export const invitation = sqliteTable(
  'invitation',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull().references(() => organization.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    role: text('role').$type<MemberRole>().notNull(),
    /** SHA-256 hash of the token in the link, hex; the token has 256 random bits and is shown once. */
    tokenHash: text('token_hash').notNull().unique('invitation_token_hash'),
    invitedBy: text('invited_by').references(() => member.id, { onDelete: 'set null' }),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    acceptedAt: integer('accepted_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [
    index('invitation_by_organization').on(table.organizationId, table.createdAt),
    index('invitation_by_inviter').on(table.invitedBy),
  ],
)

export type InvitationRow = typeof invitation.$inferSelect
