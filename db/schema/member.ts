import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organization } from './organization.ts'

export const MEMBER_ROLES = ['owner', 'admin', 'member'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

/** A person who signs in to the console. */
export const member = sqliteTable(
  'member',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull().references(() => organization.id, { onDelete: 'cascade' }),
    /** Plain and lower case: people sign in with it. */
    email: text('email').notNull().unique('member_email'),
    name: text('name').notNull(),
    role: text('role').$type<MemberRole>().notNull(),
    /** Argon2id hash of the password, with its salt and costs (RFC 9106; PHC string). */
    passwordHash: text('password_hash').notNull(),
    createdAt: integer('created_at').notNull(),
    lastSignedInAt: integer('last_signed_in_at'),
  },
  (table) => [index('member_by_organization').on(table.organizationId, table.createdAt)],
)

export type MemberRow = typeof member.$inferSelect
