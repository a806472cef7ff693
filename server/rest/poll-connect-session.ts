// A long poll on one connect session, as its caller: who may look is asked again at every look.
import type { ConnectSessionView } from '../connect-sessions/connect-session-view.ts'
import { getConnectSession } from '../connect-sessions/get-connect-session.ts'
import type { Context } from '../context/context.ts'
import { holdStream } from '../context/hold-stream.ts'
import { resolveActor } from '../identity/resolve-actor.ts'
import { SECOND_MS } from '../lib/units.ts'
import { readCredential } from './read-credential.ts'
import type { RestRequest } from './route.ts'
import { RECHECK_MS, waitUntil } from './wait-until.ts'

export interface PollConnectSession {
  connectSessionId: string
  waitSeconds: number
}

/** Until it is over. */
export function pollConnectSession(context: Context, request: RestRequest, { connectSessionId, waitSeconds }: PollConnectSession): Promise<ConnectSessionView> {
  const { organizationId } = context.actor
  return waitUntil({
    isDone: ({ status }) => status !== 'pending',
    waitMs: waitSeconds * SECOND_MS,
    recheckMs: RECHECK_MS,
    signal: request.signal,
    hold: () => holdStream(context),
    feed: context.connectFeed,
    concerns: (news) => news.organizationId === organizationId && news.connectSessionId === connectSessionId,
    // A key revoked while its caller waits must not see the end of it.
    async read() {
      const actor = await resolveActor(context, readCredential(request, context.readOrigin))
      return getConnectSession({ ...context, actor }, { connectSessionId })
    },
  })
}
