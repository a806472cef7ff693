import { listAuditEntries, type ListedAuditEntry } from '../../db/queries/audit.ts'
import type { Context } from '../context/context.ts'
import { requirePermission } from '../policy/authorize.ts'
import { operationForbidden } from '../policy/policy-errors.ts'
import type { AuditEntryView, AuditFilterInput, AuditPage, ListAuditInput } from './audit-view.ts'

const momentOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text))

/** Newest first, what happened a moment ago included. @throws policy.forbidden */
export async function listAudit(context: Context, { cursor, limit, ...filter }: ListAuditInput): Promise<AuditPage> {
  requireAuditAccess(context)
  await context.audit.flush()
  const entries = await readEntries(context, filter, { before: cursor === undefined ? undefined : Number(cursor), limit: limit + 1 })
  const page = entries.slice(0, limit)
  const last = page.at(-1)
  return { entries: page, ...(entries.length > limit && last && { nextCursor: String(last.seq) }) }
}

/** What everybody does is for administrators, and for the organization's own backend. */
export function requireAuditAccess({ actor }: Context): void {
  const request = { operation: 'read', resource: 'audit', organizationId: actor.organizationId } as const
  // Of one's own organization nothing is hidden.
  requirePermission(actor, request, () => operationForbidden(request))
}

export async function readEntries({ db, actor }: Context, filter: AuditFilterInput, page: { before: number | undefined; limit: number }): Promise<AuditEntryView[]> {
  const rows = await listAuditEntries(db, {
    organizationId: actor.organizationId,
    filter: {
      actorId: filter.actor,
      action: filter.action,
      targetId: filter.target,
      namespace: filter.namespace,
      result: filter.result,
      fromMs: momentOf(filter.from),
      toMs: momentOf(filter.to),
    },
    ...page,
  })
  return rows.map(viewOf)
}

const viewOf = ({ at, actorKind, actorId, actorName, targetKind, targetId, details, ...rest }: ListedAuditEntry): AuditEntryView => ({
  ...rest,
  at: new Date(at).toISOString(),
  actor: { kind: actorKind, id: actorId, name: actorName },
  target: targetKind === null || targetId === null ? null : { kind: targetKind, id: targetId },
  details: details === null ? {} : (JSON.parse(details) as AuditEntryView['details']),
})
