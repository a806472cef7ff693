// The people of an organization, and what each of them may do.
import { changeMemberRole as changeRow, deleteMember, findMember, listMembers as listRows } from '../../db/queries/members.ts'
import type { MemberRow } from '../../db/schema/member.ts'
import type { Context, House } from '../context/context.ts'
import type { Actor, MemberRole } from '../policy/actor.ts'
import { requirePermission } from '../policy/authorize.ts'
import { forgetMinter } from '../tokens/find-minter.ts'
import { lastOwner, memberNotFound, ownersOnly } from './identity-errors.ts'
import type { MemberView } from './member-view.ts'
import { forgetSessionsOf } from './sessions.ts'

/** Oldest first. */
export async function listMembers(context: Context): Promise<MemberView[]> {
  const { actor } = context
  requirePermission(actor, { operation: 'read', resource: 'members', organizationId: actor.organizationId }, memberNotFound)
  return (await listRows(context.db, actor)).map((row) => viewOf(row, actor))
}

/** At once: the next request of that member is judged by the new role. @throws identity.member_not_found, owners_only, last_owner */
export async function changeMemberRole(context: Context, { id, role }: { id: string; role: MemberRole }): Promise<void> {
  const member = await requireChangeable(context, id)
  requireOwnerFor(context.actor, role)
  const name = { organizationId: member.organizationId, id }
  const changed = await changeRow(context.db, { ...name, role }).finally(() => forgetMember(context, id))
  if (!changed) throw await whyNot(context, name)
  await context.audit.write(context, { action: 'member.role', target: { kind: 'member', id }, details: { role } })
}

/** Signs the member out everywhere, at once. @throws identity.member_not_found, owners_only, last_owner */
export async function removeMember(context: Context, { id }: { id: string }): Promise<void> {
  const { organizationId } = await requireChangeable(context, id)
  const removed = await deleteMember(context.db, { organizationId, id }).finally(() => forgetMember(context, id))
  if (!removed) throw await whyNot(context, { organizationId, id })
  await context.audit.write(context, { action: 'member.remove', target: { kind: 'member', id } })
}

/** What this process remembers of them, and of what they minted. */
function forgetMember(house: House, id: string): void {
  forgetSessionsOf(house, id)
  forgetMinter(house, id)
}

/** Only owners make and unmake owners. @throws identity.owners_only */
export function requireOwnerFor(actor: Actor, role: MemberRole): void {
  if (role === 'owner' && !(actor.kind === 'member' && actor.role === 'owner')) throw ownersOnly()
}

async function requireChangeable(context: Context, id: string): Promise<MemberRow> {
  const { organizationId } = context.actor
  requirePermission(context.actor, { operation: 'write', resource: 'members', organizationId }, memberNotFound)
  const member = await findMember(context.db, { organizationId, id })
  if (!member) throw memberNotFound()
  requireOwnerFor(context.actor, member.role)
  return member
}

const whyNot = async (context: Context, name: { organizationId: string; id: string }) =>
  (await findMember(context.db, name)) ? lastOwner() : memberNotFound()

const viewOf = (row: MemberRow, actor: Actor): MemberView => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  createdAt: new Date(row.createdAt).toISOString(),
  lastSignedInAt: row.lastSignedInAt === null ? null : new Date(row.lastSignedInAt).toISOString(),
  isYou: actor.kind === 'member' && actor.id === row.id,
})
