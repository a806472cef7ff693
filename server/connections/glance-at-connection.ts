// Clients look at a connection before they call it. For that it is enough to know that it is there and how it is.
import { findConnection } from '../../db/queries/connections.ts'
import type { Context } from '../context/context.ts'
import { authorize } from '../policy/authorize.ts'
import { requestFor } from '../policy/permission.ts'
import { connectionNotFound } from './connection-errors.ts'
import type { ConnectionGlance, ConnectionView } from './connection-view.ts'
import type { ConnectionName } from './find-handle.ts'
import { getConnection } from './get-connection.ts'
import { viewOf } from './view-of.ts'

/** The connection; its status alone for who may call it and not read it. @throws connection.not_found, policy.forbidden */
export async function glanceAtConnection(context: Context, input: ConnectionName): Promise<ConnectionView | ConnectionGlance> {
  const stored = await findConnection(context.db, input)
  if (!stored) throw connectionNotFound()
  const { connection } = stored
  const mayOnlyCall = !authorize(context.actor, requestFor('read', connection)).allowed && authorize(context.actor, requestFor('execute', connection, 'some')).allowed
  if (!mayOnlyCall) return getConnection(context, input)
  const { connectionId, name, transport, status, serverInfo } = viewOf(context, connection)
  return { connectionId, name, transport, mcpUrl: null, metadata: null, status, ...(serverInfo && { serverInfo }) }
}
