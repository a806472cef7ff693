import type { Context } from '../context/context.ts'
import { principalOf } from '../policy/actor.ts'
import type { ConnectionView } from './connection-view.ts'
import { requireStoredHandle, type ConnectionName } from './find-handle.ts'
import { settleConnection } from './settle-connection.ts'
import { viewOf } from './view-of.ts'

/** The connection after asking its server now. @throws connection.not_found, policy.forbidden */
export async function checkConnection(context: Context, input: ConnectionName): Promise<ConnectionView> {
  const { row, target } = await requireStoredHandle(context, input, 'write')
  return viewOf(context, await settleConnection(context, row, target, principalOf(context.actor)))
}
