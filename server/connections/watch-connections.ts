// Status changes as they happen, for the console and for tRPC subscribers.
import type { Context } from '../context/context.ts'
import type { StatusChange } from '../context/status-change.ts'
import { isAppError } from '../lib/app-error.ts'
import { eachOf } from '../lib/each-of.ts'
import { requireNamespace } from '../namespaces/namespaces.ts'
import { isLimited } from '../policy/actor.ts'
import { authorize } from '../policy/authorize.ts'
import { type Operation, requestFor } from '../policy/permission.ts'
import type { ConnectionGlance, ConnectionView } from './connection-view.ts'
import type { ConnectionName } from './find-handle.ts'
import { getConnection } from './get-connection.ts'
import { glanceAtConnection } from './glance-at-connection.ts'

export interface ConnectionNews<View = ConnectionView> {
  connectionId: string
  /** Its status changed, or it is only that its timeline says more. */
  about: 'status' | 'timeline'
  /** `null`: it is gone, or no longer this actor's to see. */
  connection: View | null
}

type Change = Pick<StatusChange, 'organizationId' | 'namespace' | 'connectionId' | 'metadata'>

interface Watched {
  namespace: string
  signal: AbortSignal
}

interface Watcher<View> {
  operation: Operation
  look(context: Context, name: ConnectionName): Promise<View>
}

/** From now on, until `signal` aborts. Each change is read again as this actor. @throws namespace.not_found, policy.forbidden */
export const watchConnections = (context: Context, watched: Watched): AsyncGenerator<ConnectionNews> =>
  watch(context, watched, { operation: 'read', look: getConnection })

/** The same for whoever may call them, and perhaps not read them. */
export const watchCallableConnections = (context: Context, watched: Watched): AsyncGenerator<ConnectionNews<ConnectionView | ConnectionGlance>> =>
  watch(context, watched, { operation: 'execute', look: glanceAtConnection })

async function* watch<View>(context: Context, { namespace, signal }: Watched, watcher: Watcher<View>): AsyncGenerator<ConnectionNews<View>> {
  const { operation } = watcher
  const shown = new Set<string>()
  // Before it is asked whether this actor may: what happens during the question must not be missed.
  const changes = eachOf<ConnectionNews['about'], Change>({
    status: context.statusFeed.subscribe(signal),
    timeline: context.timelineFeed.subscribe(signal),
  })
  await requireNamespace(context, { name: namespace, operation, resource: 'connections', connection: 'some' })
  for await (const [about, change] of changes) {
    if (change.namespace !== namespace || change.organizationId !== context.actor.organizationId) continue
    const { connectionId } = change
    const connection = await findVisible(context, watcher, { namespace, connectionId })
    if (connection) shown.add(connectionId)
    else if (!shown.delete(connectionId) && !mayHearOf(context, operation, change)) continue
    yield { connectionId, about, connection }
  }
}

/** That one is gone of which this actor was never told would tell that it was there. */
const mayHearOf = ({ actor }: Context, operation: Operation, change: Change): boolean =>
  !isLimited(actor) || (change.metadata !== undefined && authorize(actor, requestFor(operation, { ...change, metadata: change.metadata }, 'some')).allowed)

async function findVisible<View>(context: Context, { look }: Watcher<View>, name: ConnectionName): Promise<View | null> {
  try {
    return await look(context, name)
  } catch (error) {
    if (isAppError(error) && (error.kind === 'not_found' || error.kind === 'forbidden')) return null
    throw error
  }
}
