import { findConnectionByUid } from '../../db/queries/connections.ts'
import { findConnectSession } from '../../db/queries/connect-sessions.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import type { Context, House } from '../context/context.ts'
import { requirePermission } from '../policy/authorize.ts'
import type { Operation } from '../policy/permission.ts'
import { connectSessionNotFound } from './connect-session-errors.ts'
import { type ConnectSessionView, connectSessionViewOf } from './connect-session-view.ts'
import { requestAbout } from './session-subject.ts'

/** How it stands now. @throws connect_session.not_found */
export async function getConnectSession(context: Context, { connectSessionId }: { connectSessionId: string }): Promise<ConnectSessionView> {
  const session = await requireConnectSession(context, connectSessionId, 'read')
  return connectSessionViewOf(context, session, await connectionOf(context, session))
}

/** @throws connect_session.not_found, policy.forbidden */
export async function requireConnectSession(context: Context, id: string, operation: Operation): Promise<ConnectSessionRow> {
  const session = await findConnectSession(context.db, id)
  if (!session) throw connectSessionNotFound()
  const request = await requestAbout(context, operation, session, await connectionOf(context, session))
  requirePermission(context.actor, request, connectSessionNotFound)
  return session
}

/** `undefined`: not made yet, or gone. */
export const connectionOf = async (house: House, { connectionUid }: ConnectSessionRow): Promise<ConnectionRow | undefined> =>
  connectionUid === null ? undefined : (await findConnectionByUid(house.db, { uid: connectionUid }))?.connection
