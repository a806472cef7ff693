// The end of what an app was allowed: its refresh token, and the access tokens that it still has.
import { deleteDownstreamGrant, listLivingTokensOfGrant } from '../../db/queries/downstream-grants.ts'
import { insertTokenRevocation } from '../../db/queries/token-revocations.ts'
import type { DownstreamGrantRow } from '../../db/schema/downstream-grant.ts'
import type { AuditSource } from '../audit/audit-entry.ts'
import type { House } from '../context/context.ts'

/** Why, where nobody asked for it. */
export type EndReason = 'downstream.code_reused' | 'downstream.refresh_reused' | 'downstream.code_refused'

/** The grant first: from then on nothing is minted for it that the list of its tokens could miss. */
export async function endGrant(house: House, source: AuditSource, { id, organizationId, namespace }: DownstreamGrantRow, reason?: EndReason): Promise<void> {
  const { db, revocations } = house
  const wasThere = await deleteDownstreamGrant(db, id)
  const at = db.now()
  for (const { signatureHash, endsAt } of await listLivingTokensOfGrant(db, { grantId: id, at })) {
    const row = { signatureHash, endsAt, organizationId, revokedBy: `${source.actor.kind}:${source.actor.id}`, revokedAt: at }
    // Also when the database did not answer: it may have done it.
    await insertTokenRevocation(db, row).finally(() => revocations.add({ signatureHash, endsAt }))
  }
  if (wasThere) await house.audit.write(source, { action: 'app_access.end', target: { kind: 'app_access', id }, namespace, ...(reason && { code: reason }) })
}
