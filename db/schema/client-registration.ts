import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { connection } from './connection.ts'
import { organization } from './organization.ts'

/** Who an organization, or one connection of it, is at an issuer (RFC 7591; or told to us by a person). */
export const clientRegistration = sqliteTable(
  'client_registration',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull().references(() => organization.id, { onDelete: 'cascade' }),
    /** Null: for all connections of the organization. */
    connectionUid: text('connection_uid').references(() => connection.uid, { onDelete: 'cascade' }),
    /** Empty, as is the redirect URI, until the first sign-in with a client that was given without it. */
    issuer: text('issuer').notNull(),
    redirectUri: text('redirect_uri').notNull(),
    /** `preregistered` came through the API, `entered` was typed on the connect page. */
    kind: text('kind').$type<'dynamic' | 'preregistered' | 'entered'>().notNull(),
    clientId: text('client_id').notNull(),
    tokenAuthMethod: text('token_auth_method').$type<'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt'>().notNull(),
    /** Sealed by the vault: its secret, or its private key; null for a public client. */
    secretSealed: text('secret_sealed'),
    /** Sealed by the vault: who it speaks for, where its token is asked for with an assertion (RFC 7523 §2.1). */
    assertionSealed: text('assertion_sealed'),
    secretExpiresAt: integer('secret_expires_at'),
    createdAt: integer('created_at').notNull(),
    /** Not used for new consents any more; grants that were made with it are still renewed with it. */
    retiredAt: integer('retired_at'),
  },
  (table) => [
    uniqueIndex('client_registration_of_organization').on(table.organizationId, table.issuer).where(sql`connection_uid IS NULL AND retired_at IS NULL`),
    uniqueIndex('client_registration_of_connection').on(table.connectionUid).where(sql`connection_uid IS NOT NULL`),
    index('client_registration_by_connection').on(table.connectionUid),
  ],
)

export type ClientRegistrationRow = typeof clientRegistration.$inferSelect
