// What an app is told about somebody it sent. Neither the token of the link nor the code has a place in it.
import { z } from 'zod'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import { connectionStatus } from '../connections/connection-view.ts'
import { viewOf } from '../connections/view-of.ts'
import type { Context } from '../context/context.ts'

export const createdConnectSessionView = z.object({
  connectSessionId: z.string(),
  token: z.string().describe('The last part of url. Shown this once.'),
  url: z.string().describe('Send the person there; works in mail and chat, too.'),
  expiresAt: z.iso.datetime(),
})
export type CreatedConnectSessionView = z.infer<typeof createdConnectSessionView>

export const connectSessionView = z.object({
  status: z
    .enum(['pending', 'completed', 'failed', 'expired', 'cancelled'])
    .describe('"cancelled": the person said no, or the connection was deleted meanwhile.'),
  connectionId: z.string().optional(),
  connectionStatus: connectionStatus.optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
})
export type ConnectSessionView = z.infer<typeof connectSessionView>

/** `connection`: the session's, if there is one now. */
export function connectSessionViewOf(context: Context, session: ConnectSessionRow, connection: ConnectionRow | undefined): ConnectSessionView {
  return {
    status: statusOf(context.now(), session, connection),
    ...(connection && { connectionId: connection.connectionId, connectionStatus: viewOf(context, connection).status }),
    ...(session.problem && { error: session.problem }),
  }
}

function statusOf(nowMs: number, session: ConnectSessionRow, connection: ConnectionRow | undefined): ConnectSessionView['status'] {
  if (session.outcome !== null) return session.outcome
  if (session.connectionUid !== null && !connection) return 'cancelled'
  return nowMs < session.endsAt ? 'pending' : 'expired'
}
