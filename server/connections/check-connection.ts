import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { isAppError } from '../lib/app-error.ts'
import { principalOf } from '../policy/actor.ts'
import { isLastingRefusal } from './authorization/renew-machine.ts'
import type { ConnectionView } from './connection-view.ts'
import { requireStoredHandle, withFreshToken, type ConnectionName } from './find-handle.ts'
import { getConnection } from './get-connection.ts'
import { settleConnection } from './settle-connection.ts'
import { viewOf } from './view-of.ts'

/** The connection after asking its server now. @throws connection.not_found, policy.forbidden; oauth.* for what may pass */
export async function checkConnection(context: Context, input: ConnectionName): Promise<ConnectionView> {
  const stored = await requireStoredHandle(context, input, 'write')
  const fresh = await withLivingToken(context, input, stored)
  // Its status says so now: there is nothing to ask its server with.
  if (!fresh) return getConnection(context, input)
  const { row, target } = fresh
  return viewOf(context, await settleConnection(context, row, target, principalOf(context.actor)))
}

/** Undefined if only somebody who does something can help. */
async function withLivingToken(context: Context, input: ConnectionName, stored: ConnectionHandle): Promise<ConnectionHandle | undefined> {
  try {
    return await withFreshToken(context, input, stored)
  } catch (error) {
    if (isAppError(error) && (error.kind === 'auth_required' || isLastingRefusal(error))) return undefined
    throw error
  }
}
