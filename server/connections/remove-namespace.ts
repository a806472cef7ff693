// A namespace goes with its connections, and what those were granted is given back.
import { deleteNamespace, listConnectionsIn } from '../../db/queries/namespaces.ts'
import { countGrantsIn, listGrantsIn } from '../../db/queries/oauth-grants.ts'
import type { Context } from '../context/context.ts'
import { requireNamespace } from '../namespaces/namespaces.ts'
import { prepareReturns } from './authorization/prepare-returns.ts'
import type { NamespaceRemoval } from './removal.ts'

/** More would keep whoever deletes waiting, and the authorization servers busy. */
const MAX_GIVEN_BACK = 100

/** Sessions end, and whoever watches hears of it. @throws namespace.not_found, policy.forbidden */
export async function removeNamespace(context: Context, input: { name: string }): Promise<NamespaceRemoval> {
  const { name, organizationId } = await requireNamespace(context, { name: input.name, operation: 'write', resource: 'namespaces' })
  const connections = await listConnectionsIn(context.db, { name, organizationId })
  const granted = await countGrantsIn(context.db, { namespace: name })
  const giveBack = await prepareReturns(context, await listGrantsIn(context.db, { namespace: name, limit: MAX_GIVEN_BACK }))
  try {
    await deleteNamespace(context.db, { name, organizationId, at: context.now() })
  } finally {
    // Also after a deletion that was interrupted: what still exists opens its session again.
    // What memory knows of the namespace goes too: a connection may have been made since they were listed.
    const remembered = context.caches.connections.forgetWhere(({ row }) => row.namespace === name)
    context.pool.dropConnections([...connections.map(({ uid }) => uid), ...remembered.map(({ row }) => row.uid)])
  }
  context.audit.note(context, {
    action: 'namespace.delete',
    target: { kind: 'namespace', id: name },
    namespace: name,
    details: { connections: connections.length },
  })
  for (const { uid, connectionId } of connections) {
    context.statusFeed.publish({ organizationId, namespace: name, connectionId, connectionUid: uid, state: 'deleted' })
  }
  if (granted === 0) return { grants: null }
  const givenBack = await giveBack()
  return { grants: { givenBack, left: granted - givenBack } }
}
