import { findConnection } from '../../db/queries/connections.ts'
import type { Context } from '../context/context.ts'
import { requirePermission } from '../policy/authorize.ts'
import { requestFor } from '../policy/permission.ts'
import { connectionNotFound } from './connection-errors.ts'
import type { ConnectionView } from './connection-view.ts'
import type { ConnectionName } from './find-handle.ts'
import { viewOf } from './view-of.ts'

/** As it is stored now. @throws connection.not_found */
export async function getConnection(context: Context, input: ConnectionName): Promise<ConnectionView> {
  const stored = await findConnection(context.db, input)
  if (!stored) throw connectionNotFound()
  const { connection } = stored
  requirePermission(context.actor, requestFor('read', connection), connectionNotFound)
  return viewOf(context, connection)
}
