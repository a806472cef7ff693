// Status changes as they happen, for the console and for tRPC subscribers.
import type { Context } from '../context/context.ts'
import type { StatusChange } from '../context/status-change.ts'
import { isAppError } from '../lib/app-error.ts'
import { eachOf } from '../lib/each-of.ts'
import { requireNamespace } from '../namespaces/namespaces.ts'
import { isLimited } from '../policy/actor.ts'
import { authorize } from '../policy/authorize.ts'
import { requestFor } from '../policy/permission.ts'
import type { ConnectionView } from './connection-view.ts'
import { getConnection } from './get-connection.ts'

export interface ConnectionNews {
  connectionId: string
  /** Its status changed, or it is only that its timeline says more. */
  about: 'status' | 'timeline'
  /** `null`: it is gone, or no longer this actor's to see. */
  connection: ConnectionView | null
}

type Change = Pick<StatusChange, 'organizationId' | 'namespace' | 'connectionId' | 'metadata'>

/** From now on, until `signal` aborts. Each change is read again as this actor. @throws namespace.not_found */
export async function* watchConnections(context: Context, input: { namespace: string; signal: AbortSignal }): AsyncGenerator<ConnectionNews> {
  const shown = new Set<string>()
  // Before it is asked whether this actor may: what happens during the question must not be missed.
  const changes = eachOf<ConnectionNews['about'], Change>({
    status: context.statusFeed.subscribe(input.signal),
    timeline: context.timelineFeed.subscribe(input.signal),
  })
  await requireNamespace(context, { name: input.namespace, operation: 'read', resource: 'connections', connection: 'some' })
  for await (const [about, change] of changes) {
    if (change.namespace !== input.namespace || change.organizationId !== context.actor.organizationId) continue
    const { connectionId } = change
    const connection = await findVisible(context, input.namespace, connectionId)
    if (connection) shown.add(connectionId)
    else if (!shown.delete(connectionId) && !mayHearOf(context, change)) continue
    yield { connectionId, about, connection }
  }
}

/** That one is gone of which this actor was never told would tell that it was there. */
const mayHearOf = ({ actor }: Context, change: Change): boolean =>
  !isLimited(actor) || (change.metadata !== undefined && authorize(actor, requestFor('read', { ...change, metadata: change.metadata })).allowed)

async function findVisible(context: Context, namespace: string, connectionId: string): Promise<ConnectionView | null> {
  try {
    return await getConnection(context, { namespace, connectionId })
  } catch (error) {
    if (isAppError(error) && (error.kind === 'not_found' || error.kind === 'forbidden')) return null
    throw error
  }
}
