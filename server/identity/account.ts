// What members see and change of themselves.
import { listMemberSessions } from '../../db/queries/member-sessions.ts'
import { findMember, updateMember } from '../../db/queries/members.ts'
import { findOrganization } from '../../db/queries/organizations.ts'
import type { Context } from '../context/context.ts'
import { requireMember } from '../policy/authorize.ts'
import type { AccountView, SessionView } from './account-view.ts'
import { sessionNotFound, signedOut } from './identity-errors.ts'
import { endOtherSessions, endSessionByHandle, forgetSessionsOf } from './sessions.ts'

export async function getAccount(context: Context): Promise<AccountView> {
  const { id, organizationId } = requireMember(context.actor)
  const [member, organization] = await Promise.all([findMember(context.db, { id, organizationId }), findOrganization(context.db, organizationId)])
  if (!member || !organization) throw signedOut()
  return { memberId: id, name: member.name, email: member.email, role: member.role, organization: { id: organizationId, name: organization.name } }
}

export async function renameAccount(context: Context, { name }: { name: string }): Promise<void> {
  const { id, organizationId } = requireMember(context.actor)
  await updateMember(context.db, { id, organizationId, set: { name } }).finally(() => forgetSessionsOf(context, id))
  context.audit.note(context, { action: 'account.rename', target: { kind: 'member', id }, details: { name } })
}

/** Newest first. */
export async function listSessions(context: Context): Promise<SessionView[]> {
  const { id, sessionHandle } = requireMember(context.actor)
  const rows = await listMemberSessions(context.db, { memberId: id, at: context.now() })
  return rows.map((row) => ({
    handle: row.handle,
    current: row.handle === sessionHandle,
    createdAt: new Date(row.createdAt).toISOString(),
    lastSeenAt: new Date(row.lastSeenAt).toISOString(),
    expiresAt: new Date(Math.min(row.expiresAt, row.endsAt)).toISOString(),
    userAgent: row.userAgent,
    address: row.address,
  }))
}

export async function revokeSession(context: Context, { handle }: { handle: string }): Promise<void> {
  const { id } = requireMember(context.actor)
  if (!(await endSessionByHandle(context, id, handle))) throw sessionNotFound()
  await context.audit.write(context, { action: 'session.end', target: { kind: 'session', id: handle } })
}

export async function revokeOtherSessions(context: Context): Promise<void> {
  const { id, sessionHandle } = requireMember(context.actor)
  await endOtherSessions(context, id, sessionHandle)
  await context.audit.write(context, { action: 'session.end', target: { kind: 'member', id }, details: { sessions: 'all others' } })
}
