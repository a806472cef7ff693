import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const AUDIT_RESULTS = ['ok', 'denied', 'failed'] as const
export type AuditResult = (typeof AUDIT_RESULTS)[number]

export const AUDIT_ACTOR_KINDS = ['api_key', 'service_token', 'member', 'person', 'system'] as const
/** `person`: whoever holds a link or types a password, known by nothing else. `system`: Plugboard by itself, or its operator. */
export type AuditActorKind = (typeof AUDIT_ACTOR_KINDS)[number]

/** Who did what to which, and how it went. Never changed and never deleted; refers to no other row, so nothing that goes takes it along. */
export const auditEntry = sqliteTable(
  'audit_entry',
  {
    organizationId: text('organization_id').notNull(),
    /** From 1, without a gap. */
    seq: integer('seq').notNull(),
    at: integer('at').notNull(),
    actorKind: text('actor_kind').$type<AuditActorKind>().notNull(),
    actorId: text('actor_id').notNull(),
    /** `thing.verb`. */
    action: text('action').notNull(),
    targetKind: text('target_kind'),
    targetId: text('target_id'),
    namespace: text('namespace'),
    result: text('result').$type<AuditResult>().notNull(),
    /** Our error's stable code, unless it went well. */
    code: text('code'),
    address: text('address'),
    userAgent: text('user_agent'),
    requestId: text('request_id'),
    /** A JSON object of a few known members, none of them secret. Text, since it is what the digest covers. */
    details: text('details'),
    /** Keyed hash of this entry and of the digest before it. */
    mac: text('mac').notNull(),
  },
  (table) => [
    primaryKey({ name: 'audit_entry_place', columns: [table.organizationId, table.seq] }),
    index('audit_entry_by_actor').on(table.organizationId, table.actorId, table.seq),
    index('audit_entry_by_action').on(table.organizationId, table.action, table.seq),
    index('audit_entry_by_target').on(table.organizationId, table.targetId, table.seq),
    index('audit_entry_by_namespace').on(table.organizationId, table.namespace, table.seq),
    index('audit_entry_by_result').on(table.organizationId, table.result, table.seq),
  ],
)

export type AuditEntryRow = typeof auditEntry.$inferSelect
