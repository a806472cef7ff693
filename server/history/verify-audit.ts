import { verifyChain } from '../audit/verify-chain.ts'
import type { Context } from '../context/context.ts'
import type { AuditVerdict } from './audit-view.ts'
import { requireAuditAccess } from './list-audit.ts'

/** Reads the whole chain of the organization. @throws policy.forbidden */
export async function verifyAudit(context: Context): Promise<AuditVerdict> {
  requireAuditAccess(context)
  await context.audit.flush()
  const { entries, since = null, problems } = await verifyChain(context, context.actor.organizationId)
  return { whole: problems.length === 0, entries, since, problems }
}
