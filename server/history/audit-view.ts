// The audit log from outside: what may be asked of it, and what an entry looks like.
import { z } from 'zod'
import { AUDIT_ACTIONS } from '../audit/audit-entry.ts'

const name = z.string().min(1).max(200)

export const auditResult = z.enum(['ok', 'denied', 'failed'])

/** All that are given must match. */
export const auditFilter = z.strictObject({
  actor: name.optional().describe('The id of an API key or a member.'),
  action: z.enum(AUDIT_ACTIONS).optional(),
  target: name.optional().describe('What it was done to: the id of a key, a member, a connection, or a namespace’s name.'),
  namespace: name.optional(),
  result: auditResult.optional(),
  from: z.iso.datetime({ offset: true }).optional().describe('The first moment.'),
  to: z.iso.datetime({ offset: true }).optional().describe('Up to before this moment.'),
})
export type AuditFilterInput = z.infer<typeof auditFilter>

const cursor = z.string().regex(/^[1-9]\d{0,14}$/, 'is not a cursor of this list').optional()

export const listAuditInput = auditFilter.extend({
  cursor,
  // A query string holds text; whoever has numbers sends numbers.
  limit: z.coerce.number<number>().int().min(1).max(200).default(50),
})
export type ListAuditInput = z.infer<typeof listAuditInput>

export const exportFormat = z.enum(['jsonl', 'csv']).describe('JSON lines, or CSV with a heading.')
export type ExportFormat = z.infer<typeof exportFormat>

export const exportAuditInput = auditFilter.extend({ format: exportFormat.default('jsonl') })
export type ExportAuditInput = z.infer<typeof exportAuditInput>

export const exportAuditPieceInput = exportAuditInput.extend({ cursor })
export type ExportAuditPieceInput = z.infer<typeof exportAuditPieceInput>

export interface ExportPiece {
  text: string
  /** Where the next piece goes on; undefined if this is the last. */
  nextCursor: string | undefined
}

export const auditEntryView = z.object({
  seq: z.int().describe('Its place in the organization’s chain, from 1.'),
  at: z.iso.datetime(),
  actor: z.object({
    kind: z.enum(['api_key', 'service_token', 'member', 'person', 'system']).describe('"person": known by a link or an address alone; "system": Plugboard, or its operator.'),
    id: z.string(),
    name: z.string().nullable().describe('null: it is gone, or never had one.'),
  }),
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string() }).nullable(),
  namespace: z.string().nullable(),
  result: auditResult,
  code: z.string().nullable().describe('Of the error, unless it went well.'),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
})
export type AuditEntryView = z.infer<typeof auditEntryView>

export const auditPage = z.object({ entries: z.array(auditEntryView), nextCursor: z.string().optional() })
export type AuditPage = z.infer<typeof auditPage>

/** Of the whole chain, entry by entry. */
export interface AuditVerdict {
  whole: boolean
  entries: number
  since: string | null
  /** In words; none, if the chain is whole. */
  problems: string[]
}
