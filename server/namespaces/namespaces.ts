// Namespaces: globally unique names under which an organization keeps its connections.
import { z } from 'zod'
import { findNamespace, insertNamespace, listNamespaces as listRows } from '../../db/queries/namespaces.ts'
import type { NamespaceRow } from '../../db/schema/namespace.ts'
import type { Context } from '../context/context.ts'
import { AppError } from '../lib/app-error.ts'
import { friendlyName, randomBase62 } from '../lib/ids.ts'
import { authorize, requirePermission } from '../policy/authorize.ts'
import type { Operation, ResourceKind } from '../policy/permission.ts'
import { operationForbidden } from '../policy/policy-errors.ts'

export const namespaceView = z.object({ name: z.string(), createdAt: z.iso.datetime() })
export type NamespaceView = z.infer<typeof namespaceView>

const viewOf = (row: NamespaceRow): NamespaceView => ({ name: row.name, createdAt: new Date(row.createdAt).toISOString() })

export const namespaceNotFound = () =>
  new AppError({ code: 'namespace.not_found', kind: 'not_found', message: 'Namespace not found or access denied' })

export const namespaceTaken = (name: string) =>
  new AppError({ code: 'namespace.taken', kind: 'conflict', message: `The namespace "${name}" already exists. Names are unique across organizations, and stay with the one that had them; choose another.` })

/** With a name of our making. */
export async function createNamespace(context: Context): Promise<NamespaceView> {
  requireNamespaceWrite(context, undefined)
  for (;;) {
    const row = newRow(context, `${friendlyName()}-${randomBase62(4).toLowerCase()}`)
    if (!(await insertNamespace(context.db, row))) continue
    noteCreated(context, row)
    return viewOf(row)
  }
}

/** Makes the namespace, or finds it made by the same organization. @throws namespace.taken */
export async function ensureNamespace(context: Context, input: { name: string }): Promise<NamespaceView> {
  const { name } = input
  requireNamespaceWrite(context, name)
  const row = newRow(context, name)
  if (await insertNamespace(context.db, row)) {
    noteCreated(context, row)
    return viewOf(row)
  }
  const existing = await findNamespace(context.db, name)
  if (existing?.organizationId !== context.actor.organizationId) throw namespaceTaken(name)
  return viewOf(existing)
}

/** Those that this actor has anything to do with. */
export async function listNamespaces(context: Context): Promise<NamespaceView[]> {
  const { organizationId } = context.actor
  const rows = await listRows(context.db, { organizationId })
  return rows.filter(({ name }) => authorize(context.actor, { operation: 'read', resource: 'namespaces', organizationId, namespace: name }).allowed).map(viewOf)
}

const noteCreated = (context: Context, { name }: NamespaceRow): void =>
  context.audit.note(context, { action: 'namespace.create', target: { kind: 'namespace', id: name }, namespace: name })

/** The namespace, if this actor may do that in it. @throws namespace.not_found, policy.forbidden */
export async function requireNamespace(
  context: Context,
  input: { name: string; operation: Operation; resource: ResourceKind; /** Of the connections in it, and of their calls, whichever this actor may; otherwise all of them. */ connection?: 'some' },
): Promise<NamespaceRow> {
  const row = await findNamespace(context.db, input.name)
  if (!row) throw namespaceNotFound()
  const { operation, resource, connection } = input
  const request = { operation, resource, organizationId: row.organizationId, namespace: row.name, connection, call: connection }
  requirePermission(context.actor, request, namespaceNotFound)
  return row
}

/** Without a name there is none that a limit could list. */
function requireNamespaceWrite(context: Context, namespace: string | undefined): void {
  const request = { operation: 'write', resource: 'namespaces', organizationId: context.actor.organizationId, namespace } as const
  if (!authorize(context.actor, request).allowed) throw operationForbidden(request)
}

const newRow = (context: Context, name: string): NamespaceRow => ({ name, organizationId: context.actor.organizationId, createdAt: context.now() })
