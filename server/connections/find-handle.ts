// The hot path's way to a connection: memory first. A handle holds the row and the ciphertext, never
// the plaintext; whoever changes a connection drops its handle.
import { findConnection, type StoredConnection } from '../../db/queries/connections.ts'
import type { ConnectionHandle } from '../context/caches.ts'
import type { Context, House } from '../context/context.ts'
import { isAppError } from '../lib/app-error.ts'
import { requirePermission, type Operation } from '../policy/authorize.ts'
import { connectionNotFound } from './connection-errors.ts'
import { upstreamTargetOf } from './upstream-target-of.ts'

export interface ConnectionName {
  namespace: string
  connectionId: string
}

/** How long another process's change may go unnoticed. A database file belongs to this process alone. */
const SHARED_DATABASE_MS = 5000

const cacheKeyOf = (name: ConnectionName) => `${name.namespace}/${name.connectionId}`

/** @throws connection.not_found, also for what this actor must not know of; policy.forbidden */
export function requireHandle(context: Context, name: ConnectionName, operation: Operation): ConnectionHandle | Promise<ConnectionHandle> {
  const cached = context.caches.connections.get(cacheKeyOf(name))
  if (cached && isFresh(context, cached)) return permit(context, cached, operation)
  return requireStoredHandle(context, name, operation)
}

/** The same, past what memory has. */
export async function requireStoredHandle(context: Context, name: ConnectionName, operation: Operation): Promise<ConnectionHandle> {
  const handle = await readHandle(context, name)
  if (!handle) throw connectionNotFound()
  return permit(context, handle, operation)
}

function permit(context: Context, handle: ConnectionHandle, operation: Operation): ConnectionHandle {
  const request = { operation, resource: 'connections', organizationId: handle.row.organizationId } as const
  requirePermission(context.actor, request, connectionNotFound)
  return handle
}

function isFresh(house: House, handle: ConnectionHandle): boolean {
  return house.config.databaseUrl.startsWith('file:') || house.now() - handle.readAtMs < SHARED_DATABASE_MS
}

/** Past the cache, from the database. */
export const readHandle = (house: House, name: ConnectionName): Promise<ConnectionHandle | undefined> =>
  house.caches.connections.lookUp(cacheKeyOf(name), async () => {
    const stored = await findConnection(house.db, name)
    return stored && handleOf(house, stored)
  })

async function handleOf(house: House, stored: StoredConnection): Promise<ConnectionHandle> {
  await house.vault.prepareOrganization(stored.connection.organizationId)
  const target = upstreamTargetOf(house.vault, stored.connection, stored.credential)
  try {
    target.open()
  } catch (error) {
    // Sealed under a data key that another process made meanwhile: learn of it here, off the hot path.
    if (isAppError(error) && error.code === 'vault.data_key_unknown') await house.vault.refresh()
  }
  return { row: stored.connection, target, readAtMs: house.now() }
}

/** After a change: the next call reads the row again, and finds that sessions under the old credential are not its own. */
export function forgetHandle(house: House, name: ConnectionName): void {
  house.caches.connections.forget(cacheKeyOf(name))
}
