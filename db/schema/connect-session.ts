import { foreignKey, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { namespace } from './namespace.ts'
import type { Completion } from './namespace-setting.ts'

export type ConnectOutcome = 'completed' | 'failed' | 'expired' | 'cancelled'

/** What is left of a service token without its text: enough to judge what is done for it later, nothing to call with. */
export interface MintedUnder {
  id: string
  scopeHash: string
  signatureHashes: string[]
  issuedAtMs: number
  expiresAtMs: number
  presentedFrom: string | null
  blocks: { policy: unknown; hash: string }[]
}

/** One person, sent by an app to connect one server: where they may end up, and how it went. */
export const connectSession = sqliteTable(
  'connect_session',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    namespace: text('namespace').notNull(),
    /** SHA-256 hash of the token in the link, hex; the token has 256 random bits and is shown once. */
    tokenHash: text('token_hash').notNull().unique('connect_session_token_hash'),
    /** Null until the person agrees, if the connection is made then. Kept when the connection goes, so that no other is made in its place. */
    connectionUid: text('connection_uid'),
    /** Sealed by the vault: what the connection is made from. Null if it was there before. */
    draftSealed: text('draft_sealed'),
    /** A part of the namespace's; null is all of them. */
    allowedOrigins: text('allowed_origins', { mode: 'json' }).$type<string[]>(),
    returnUrl: text('return_url'),
    completion: text('completion').$type<Completion>().notNull(),
    /** Keyed hash of whom the app sent: compared, never shown. */
    personDigest: text('person_digest'),
    /** `api_key:…` or `member:…`; the link ends with whoever made it. */
    mintedBy: text('minted_by').notNull(),
    /** The service token with which that one made it, its limits included; null if it was made without. */
    mintedUnder: text('minted_under', { mode: 'json' }).$type<MintedUnder>(),
    outcome: text('outcome').$type<ConnectOutcome>(),
    problem: text('problem', { mode: 'json' }).$type<{ code: string; message: string }>(),
    /** SHA-256 hash of the code that the finishing browser carries to the app, hex; null before and after. */
    codeHash: text('code_hash'),
    createdAt: integer('created_at').notNull(),
    /** Until when the link opens. */
    expiresAt: integer('expires_at').notNull(),
    /** Until when a sign-in that has begun may still be finished, or completed by the backend. */
    endsAt: integer('ends_at').notNull(),
    finishedAt: integer('finished_at'),
  },
  (table) => [
    foreignKey({
      name: 'connect_session_owner',
      columns: [table.namespace, table.organizationId],
      foreignColumns: [namespace.name, namespace.organizationId],
    }).onDelete('cascade'),
    index('connect_session_by_owner').on(table.namespace, table.organizationId),
    index('connect_session_by_end').on(table.endsAt),
  ],
)

export type ConnectSessionRow = typeof connectSession.$inferSelect
