// What a member is shown before they let an app in: who asks, where it leads, and what there is to pick from.
import { listConnections } from '../connections/list-connections.ts'
import type { Context } from '../context/context.ts'
import { requireNamespace } from '../namespaces/namespaces.ts'
import { requireMember } from '../policy/authorize.ts'
import type { AuthorizationRequest } from './read-authorization-request.ts'
import { hostOfClient } from './client-address.ts'
import { hostOfRedirect, isOwnMachine } from './redirect-uri.ts'

export interface ConsentVisit {
  /** What it calls itself: nobody checked that. */
  clientName: string
  /** Who vouches for that, and for where it leads; undefined if nobody does. */
  clientHost: string | undefined
  /** Where the browser is sent afterwards. */
  redirectHost: string
  /** To some program on the person's own machine. */
  isOwnMachine: boolean
  namespace: string
  connections: { connectionId: string; name: string }[]
  /** There are more than are listed. */
  hasMore: boolean
}

const MAX_LISTED = 100

export const requireUsableNamespace = (context: Context, namespace: string) =>
  requireNamespace(context, { name: namespace, operation: 'execute', resource: 'connections', connection: 'some' })

/** @throws namespace.not_found, policy.forbidden */
export async function visitConsent(context: Context, { client, redirectUri, namespace }: AuthorizationRequest): Promise<ConsentVisit> {
  requireMember(context.actor)
  await requireUsableNamespace(context, namespace)
  const { connections, nextCursor } = await listConnections(context, { namespace, limit: MAX_LISTED })
  return {
    clientName: client.name,
    clientHost: hostOfClient(client.id),
    redirectHost: hostOfRedirect(redirectUri),
    isOwnMachine: isOwnMachine(redirectUri),
    namespace,
    connections: connections.map(({ connectionId, name }) => ({ connectionId, name })),
    hasMore: nextCursor !== null,
  }
}
