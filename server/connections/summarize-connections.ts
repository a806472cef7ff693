// A namespace at a glance: how many connections are in which state, and which of them want somebody.
import { countConnectionsIn, countConnectionsWithin } from '../../db/queries/count-connections.ts'
import { listConnections } from '../../db/queries/list-connections.ts'
import type { Context } from '../context/context.ts'
import { requireNamespace } from '../namespaces/namespaces.ts'
import { connectionScopeOf } from '../policy/connection-scope.ts'
import type { ConnectionsSummary } from './connections-summary.ts'
import { viewOf } from './view-of.ts'

const WANTING = ['error', 'auth_required', 'input_required'] as const
const MAX_WANTING = 5

/** @throws namespace.not_found */
export async function summarizeConnections(context: Context, input: { namespace: string }): Promise<ConnectionsSummary> {
  const { name, organizationId } = await requireNamespace(context, { name: input.namespace, operation: 'read', resource: 'connections', connection: 'some' })
  const scope = connectionScopeOf(context.actor, { operation: 'read', organizationId, namespace: name })
  const byState = await (scope ? countConnectionsWithin(context.db, { namespace: name, scope }) : countConnectionsIn(context.db, { namespace: name }))
  const present = WANTING.filter((state) => byState[state])
  const pages = await Promise.all(present.map((state) => listConnections(context.db, { namespace: name, state, scope, limit: MAX_WANTING })))
  const wanting = pages.flatMap(({ rows }) => rows).toSorted((one, other) => other.updatedAt - one.updatedAt)
  return {
    total: Object.values(byState).reduce((sum, connections) => sum + connections, 0),
    byState,
    attention: wanting.slice(0, MAX_WANTING).map((row) => viewOf(context, row)),
  }
}
