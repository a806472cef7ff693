// The organization as its members know it.
import { findOrganization, renameOrganization as renameRow } from '../../db/queries/organizations.ts'
import type { Context } from '../context/context.ts'
import { requirePermission } from '../policy/authorize.ts'
import { memberNotFound } from './identity-errors.ts'
import type { OrganizationView } from './organization-view.ts'

export async function getOrganization(context: Context): Promise<OrganizationView> {
  const { organizationId } = context.actor
  requirePermission(context.actor, { operation: 'read', resource: 'members', organizationId }, memberNotFound)
  const row = await findOrganization(context.db, organizationId)
  if (!row) throw memberNotFound()
  return { id: row.id, name: row.name }
}

export async function renameOrganization(context: Context, { name }: { name: string }): Promise<void> {
  const id = context.actor.organizationId
  requirePermission(context.actor, { operation: 'write', resource: 'members', organizationId: id }, memberNotFound)
  await renameRow(context.db, { id, name }).finally(() => context.caches.sessions.forgetWhere(({ organization }) => organization.id === id))
  context.audit.note(context, { action: 'organization.rename', target: { kind: 'organization', id }, details: { name } })
}
