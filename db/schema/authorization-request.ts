import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { connection } from './connection.ts'

/** A browser on its way to an authorization server and back (RFC 6749 §4.1.1): all that its answer is held against. */
export const authorizationRequest = sqliteTable(
  'authorization_request',
  {
    id: text('id').primaryKey(),
    connectionUid: text('connection_uid').notNull().references(() => connection.uid, { onDelete: 'cascade' }),
    organizationId: text('organization_id').notNull(),
    /** SHA-256 hash of the `state` parameter, base64url. */
    stateHash: text('state_hash').notNull().unique('authorization_request_state'),
    /** HMAC of the cookie of the browser that started, with this row's id. */
    browserHash: text('browser_hash').notNull(),
    issuer: text('issuer').notNull(),
    tokenEndpoint: text('token_endpoint').notNull(),
    revocationEndpoint: text('revocation_endpoint'),
    issParameterSupported: integer('iss_parameter_supported', { mode: 'boolean' }).notNull(),
    registrationId: text('registration_id'),
    clientId: text('client_id').notNull(),
    redirectUri: text('redirect_uri').notNull(),
    resource: text('resource'),
    scope: text('scope'),
    /** Sealed by the vault. */
    verifierSealed: text('verifier_sealed').notNull(),
    /** Of the connection at the start: the answer is stored only if nothing else changed its credential meanwhile. */
    credentialGeneration: integer('credential_generation').notNull(),
    returnUrl: text('return_url'),
    /** The connect session that it was begun for; null for a connection's own setup link. */
    connectSessionId: text('connect_session_id'),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    consumedAt: integer('consumed_at'),
  },
  (table) => [
    index('authorization_request_by_connection').on(table.connectionUid, table.createdAt),
    index('authorization_request_by_expiry').on(table.expiresAt),
  ],
)

export type AuthorizationRequestRow = typeof authorizationRequest.$inferSelect
