// A long poll on one connection, as its caller: who may look is asked again at every look.
import type { ConnectionGlance, ConnectionView } from '../connections/connection-view.ts'
import { glanceAtConnection } from '../connections/glance-at-connection.ts'
import type { Context } from '../context/context.ts'
import { holdStream } from '../context/hold-stream.ts'
import { SECOND_MS } from '../lib/units.ts'
import { resolveActor } from '../identity/resolve-actor.ts'
import { readCredential } from './read-credential.ts'
import type { RestRequest } from './route.ts'
import { RECHECK_MS, waitUntil } from './wait-until.ts'

export interface PollConnection {
  namespace: string
  connectionId: string
  until: ConnectionView['status']['state']
  waitSeconds: number
}

export function pollConnection(context: Context, request: RestRequest, input: PollConnection): Promise<ConnectionView | ConnectionGlance> {
  const { namespace, connectionId, until, waitSeconds } = input
  const { organizationId } = context.actor
  return waitUntil({
    isDone: ({ status }) => status.state === until,
    waitMs: waitSeconds * SECOND_MS,
    recheckMs: RECHECK_MS,
    signal: request.signal,
    hold: () => holdStream(context),
    feed: context.statusFeed,
    concerns: (news) => news.organizationId === organizationId && news.namespace === namespace && news.connectionId === connectionId,
    // A key revoked while its caller waits must not see the end of it.
    async read() {
      const actor = await resolveActor(context, readCredential(request, context.readOrigin))
      return glanceAtConnection({ ...context, actor }, { namespace, connectionId })
    },
  })
}
