import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { namespace } from './namespace.ts'

export const CONNECTION_STATES = ['connected', 'auth_required', 'input_required', 'disconnected', 'error'] as const
export type ConnectionState = (typeof CONNECTION_STATES)[number]

/** What a JSON column of ours holds; its shape is the business of whoever writes it. */
export type JsonObject = Record<string, unknown>
export type StoredStatus = JsonObject & { state: ConnectionState }

/** Ways to a token that need no person: RFC 6749 §4.4, RFC 7523 §2.1. */
export type MachineGrant = 'client_credentials' | 'jwt_bearer'

/** Both only where somebody said so for this very connection. */
export interface OAuthDeviations {
  /** What the authorization server's metadata may call itself, though it was found under another name. */
  trustedIssuer?: string | undefined
  /** Without any metadata: /authorize, /token and /register at the MCP server's root. */
  legacyEndpoints?: boolean | undefined
}

/** One configured way to one upstream MCP server. */
export const connection = sqliteTable(
  'connection',
  {
    /**
     * Random and immutable: whatever belongs to the connection is keyed by it, so that nothing of a deleted one
     * reaches its successor of the same name.
     */
    uid: text('uid').primaryKey(),
    organizationId: text('organization_id').notNull(),
    namespace: text('namespace').notNull(),
    connectionId: text('connection_id').notNull(),
    name: text('name').notNull(),
    /** Plain, because secret query values are masked in it; the real ones are in `credential`. */
    mcpUrl: text('mcp_url').notNull(),
    /** Keyed hash of the whole URL (HMAC under the organization's key), to compare without knowing it. */
    mcpUrlDigest: text('mcp_url_digest').notNull(),
    metadata: text('metadata', { mode: 'json' }).$type<JsonObject>(),
    status: text('status', { mode: 'json' }).$type<StoredStatus>().notNull(),
    /** What `status` says, as a column of its own for filters; generated, so that the two cannot differ. */
    state: text('state').$type<ConnectionState>().generatedAlwaysAs(sql`status ->> 'state'`, { mode: 'virtual' }).notNull(),
    /** How its authorization server may deviate from the book; null: not at all. */
    oauth: text('oauth', { mode: 'json' }).$type<OAuthDeviations>(),
    /** How it comes by its tokens itself; null: a person signs in, or it needs none. */
    machineGrant: text('machine_grant').$type<MachineGrant>(),
    serverInfo: text('server_info', { mode: 'json' }).$type<JsonObject>(),
    protocol: text('protocol', { mode: 'json' }).$type<JsonObject>(),
    /** SHA-256 of the tools when they were last listed in whole, to notice that they changed. */
    toolsDigest: text('tools_digest'),
    sessions: text('sessions').$type<'shared' | 'per-actor'>().notNull(),
    /** Extra parameters of authorization requests, from an allow-list. */
    authorizationParams: text('authorization_params', { mode: 'json' }).$type<Record<string, string>>(),
    /** Counts changes of the configuration; writers compare and swap on it. */
    revision: integer('revision').notNull(),
    /** Counts credentials, removed ones included; what was sealed or cached for an older one is void. */
    credentialGeneration: integer('credential_generation').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    lastUsedAt: integer('last_used_at'),
    /** Set while a deletion can still be undone: nobody finds the connection, and its calls are refused. */
    deletedAt: integer('deleted_at'),
  },
  (table) => [
    foreignKey({
      name: 'connection_namespace_owner',
      columns: [table.namespace, table.organizationId],
      foreignColumns: [namespace.name, namespace.organizationId],
    }).onDelete('cascade'),
    unique('connection_name_in_namespace').on(table.namespace, table.connectionId),
    // One per way of listing, each ending in the order of pages.
    index('connection_page').on(table.namespace, table.createdAt, table.uid),
    index('connection_page_by_name').on(table.namespace, table.name, table.createdAt, table.uid),
    index('connection_page_by_url').on(table.namespace, table.mcpUrlDigest, table.createdAt, table.uid),
    index('connection_page_by_state').on(table.namespace, table.state, table.createdAt, table.uid),
    index('connection_deleted').on(table.deletedAt).where(sql`deleted_at IS NOT NULL`),
  ],
)

export type ConnectionRow = typeof connection.$inferSelect
export type NewConnectionRow = typeof connection.$inferInsert
