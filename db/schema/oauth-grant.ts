import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { clientRegistration } from './client-registration.ts'
import { connection } from './connection.ts'

/** What an authorization server granted to a connection: its tokens, and where they may go. */
export const oauthGrant = sqliteTable(
  'oauth_grant',
  {
    connectionUid: text('connection_uid').primaryKey().references(() => connection.uid, { onDelete: 'cascade' }),
    organizationId: text('organization_id').notNull(),
    /** New with each consent: another person may have given it, so sessions of an older one end. */
    grantId: text('grant_id').notNull(),
    /** Counts token sets of this connection; writers compare and swap on it. */
    generation: integer('generation').notNull(),
    /** Pinned at consent, with both endpoints: a refresh token goes nowhere else, whatever a document says later. */
    issuer: text('issuer').notNull(),
    tokenEndpoint: text('token_endpoint').notNull(),
    revocationEndpoint: text('revocation_endpoint'),
    registrationId: text('registration_id').references(() => clientRegistration.id, { onDelete: 'set null' }),
    clientId: text('client_id').notNull(),
    resource: text('resource'),
    scope: text('scope'),
    /** What the server has asked for since and was not granted yet; a person is asked for it next time. */
    wantedScope: text('wanted_scope'),
    /** Sealed by the vault: the access token and where it may be sent. */
    accessSealed: text('access_sealed').notNull(),
    /**
     * Sealed by the vault: the refresh token, and for which issuer, endpoint and client. A machine's is empty: it asks again by
     * itself, and its secret goes where this says.
     */
    refreshSealed: text('refresh_sealed'),
    /** Unknown if the server did not say. */
    expiresAt: integer('expires_at'),
    /** When a renewal is due; null if there is nothing to renew with. */
    refreshAt: integer('refresh_at'),
    /** Who renews it now, and until when nobody else may. */
    leaseOwner: text('lease_owner'),
    leaseUntil: integer('lease_until'),
    /** A renewal was sent and its answer was never stored: the refresh token may be used up. */
    attemptAt: integer('attempt_at'),
    /** Outages in a row. */
    failures: integer('failures').notNull(),
    grantedAt: integer('granted_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [
    index('oauth_grant_due').on(table.refreshAt).where(sql`refresh_at IS NOT NULL`),
    index('oauth_grant_by_registration').on(table.registrationId),
    index('oauth_grant_by_organization').on(table.organizationId, table.connectionUid),
  ],
)

export type OAuthGrantRow = typeof oauthGrant.$inferSelect
