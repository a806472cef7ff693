// The apps that a member let in, for that member: a list, and an end to each.
import { z } from 'zod'
import { findDownstreamGrant, listGrantsOfMember } from '../../db/queries/downstream-grants.ts'
import type { Context } from '../context/context.ts'
import { requireMember } from '../policy/authorize.ts'
import { readStoredPolicy } from '../policy/constraint.ts'
import type { AppAccessView } from './app-access-view.ts'
import { hostOfClient } from './client-address.ts'
import { grantNotFound } from './downstream-errors.ts'
import { endGrant } from './end-grant.ts'
import { hostOfRedirect } from './redirect-uri.ts'

export const endAppAccessInput = z.strictObject({ id: z.string().regex(/^dgr_[0-9A-Za-z]{1,60}$/, 'is not the id of an app’s access') })

const MAX_LISTED = 100

/** Newest first. @throws policy.forbidden */
export async function listAppAccess(context: Context): Promise<AppAccessView[]> {
  const { id: memberId } = requireMember(context.actor)
  const rows = await listGrantsOfMember(context.db, { memberId, at: context.db.now(), limit: MAX_LISTED })
  return rows.map(({ grant, clientName }) => ({
    id: grant.id,
    clientName,
    clientHost: hostOfClient(grant.clientId) ?? null,
    redirectHost: hostOfRedirect(grant.redirectUri),
    namespace: grant.namespace,
    ...pickedIn(grant.policy),
    createdAt: new Date(grant.createdAt).toISOString(),
    lastUsedAt: new Date(grant.lastUsedAt ?? grant.createdAt).toISOString(),
    expiresAt: new Date(grant.expiresAt).toISOString(),
  }))
}

function pickedIn(policy: unknown): Pick<AppAccessView, 'connectionIds' | 'metadata'> {
  const pairs = (readStoredPolicy(policy) ?? []).flatMap(({ metadata }) => metadata ?? []).flatMap((each) => Object.entries(each))
  return {
    connectionIds: pairs.filter(([key]) => key === 'connectionId').map(([, value]) => value),
    metadata: pairs.filter(([key]) => key !== 'connectionId').map(([key, value]) => ({ key, value })),
  }
}

/** One's own alone. @throws policy.forbidden, downstream.grant_not_found */
export async function endAppAccess(context: Context, { id }: z.infer<typeof endAppAccessInput>): Promise<void> {
  const { id: memberId } = requireMember(context.actor)
  const grant = await findDownstreamGrant(context.db, id)
  if (grant?.memberId !== memberId) throw grantNotFound()
  await endGrant(context, context, grant)
}
