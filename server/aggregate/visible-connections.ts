// The connections of a namespace that an actor may call, in an order that does not change.
import { listConnections, type ListedConnection } from '../../db/queries/list-connections.ts'
import type { PagePosition } from '../../db/queries/connection-search.ts'
import { findNamespace } from '../../db/queries/namespaces.ts'
import type { Context } from '../context/context.ts'
import { namespaceNotFound } from '../namespaces/namespaces.ts'
import { requirePermission } from '../policy/authorize.ts'
import { connectionScopeOf } from '../policy/connection-scope.ts'
import { tooManyConnections } from './aggregate-errors.ts'

const MAX_CONNECTIONS = 200
const PAGE = 100

/** @throws namespace.not_found, policy.forbidden */
export async function requireCallableNamespace(context: Context, name: string): Promise<{ organizationId: string }> {
  const row = await findNamespace(context.db, name)
  if (!row) throw namespaceNotFound()
  const { organizationId } = row
  const request = { operation: 'execute', resource: 'connections', organizationId, namespace: name, connection: 'some', call: 'some' } as const
  requirePermission(context.actor, request, namespaceNotFound)
  return { organizationId }
}

/** By id. @throws namespace.not_found, policy.forbidden, aggregate.too_many_connections */
export async function visibleConnections(context: Context, namespace: string): Promise<ListedConnection[]> {
  const { organizationId } = await requireCallableNamespace(context, namespace)
  const scope = connectionScopeOf(context.actor, { operation: 'execute', organizationId, namespace })
  const found: ListedConnection[] = []
  let after: PagePosition | undefined
  do {
    const page = await listConnections(context.db, { namespace, scope, limit: PAGE, after })
    found.push(...page.rows)
    if (found.length > MAX_CONNECTIONS) throw tooManyConnections(MAX_CONNECTIONS)
    after = page.next
  } while (after)
  return found.toSorted((one, other) => (one.connectionId < other.connectionId ? -1 : 1))
}
