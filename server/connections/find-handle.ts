// The hot path's way to a connection: memory first. A handle holds the row and the ciphertext, never
// the plaintext; whoever changes a connection drops its handle.
import { findConnection, type StoredConnection } from '../../db/queries/connections.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { OAuthGrantRow } from '../../db/schema/oauth-grant.ts'
import type { ConnectionHandle, TokenTimes } from '../context/caches.ts'
import type { Context, House } from '../context/context.ts'
import { isAppError } from '../lib/app-error.ts'
import { authorizationRequired } from '../mcp/upstream-error.ts'
import type { TokenRenewal } from '../mcp/upstream-target.ts'
import { coversScope } from '../oauth/grant/scopes.ts'
import { requirePermission } from '../policy/authorize.ts'
import { requestFor, type Operation, type PermissionRequest } from '../policy/permission.ts'
import { freshTokenRefused } from './authorization/authorization-errors.ts'
import { isMachine, type MachineConnection } from './authorization/obtain-machine-grant.ts'
import { renewGrant } from './authorization/renew-grant.ts'
import { countEarlyRenewal, noteRefusal, renewMachine } from './authorization/renew-machine.ts'
import { requireAuthorization } from './authorization/require-authorization.ts'
import { withSetupLink } from './authorization/with-setup-link.ts'
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
export function requireHandle(context: Context, name: ConnectionName, operation: Operation, call?: PermissionRequest['call']): ConnectionHandle | Promise<ConnectionHandle> {
  const cached = context.caches.connections.get(cacheKeyOf(name))
  if (cached && isFresh(context, cached)) return forOperation(context, name, permit(context, cached, operation, call), operation)
  return requireStoredHandle(context, name, operation, call)
}

/** The same, past what memory has. */
export async function requireStoredHandle(
  context: Context,
  name: ConnectionName,
  operation: Operation,
  call?: PermissionRequest['call'],
): Promise<ConnectionHandle> {
  const handle = await readHandle(context, name)
  if (!handle) throw connectionNotFound()
  return forOperation(context, name, permit(context, handle, operation, call), operation)
}

/** Looking at a connection, changing or deleting it needs no token, and an authorization server that is down does not stop it. */
const forOperation = (context: Context, name: ConnectionName, handle: ConnectionHandle, operation: Operation) =>
  operation === 'execute' ? withFreshToken(context, name, handle) : handle

/** A token that ends soon is renewed beside the call, one that has ended before it. @throws connection.auth_required, oauth.* */
export function withFreshToken(context: Context, name: ConnectionName, handle: ConnectionHandle): ConnectionHandle | Promise<ConnectionHandle> {
  const { token } = handle
  const nowMs = context.db.now()
  if (!token || (nowMs < token.refreshAtMs && nowMs < token.expiresAtMs)) return handle
  const renewed = renewHandle(context, name, handle.row, token.generation).catch((error: unknown) => {
    throw withSetupLink(context, handle.row, error)
  })
  if (nowMs >= token.expiresAtMs) return renewed
  // Already told to whom it matters: the connection's status, or the next caller.
  renewed.catch(() => undefined)
  return handle
}

/** `generation`: of the grant; a machine may have none yet. @throws connection.auth_required, authorization.*, oauth.* */
async function renewHandle(house: House, name: ConnectionName, row: ConnectionRow, generation: number | undefined, quietly = false): Promise<ConnectionHandle> {
  try {
    await (isMachine(row) ? renewMachine(house, row, { generation, quietly }) : renewGrant(house, { connectionUid: row.uid, generation: generation ?? 0 }))
  } catch (error) {
    if (isAppError(error) && error.code === 'connection.auth_required' && row.state !== 'auth_required') await requireAuthorization(house, row)
    throw error
  } finally {
    forgetHandle(house, name)
  }
  const handle = await readHandle(house, name)
  // Deleted, and perhaps made anew, meanwhile: then it is not what was asked for.
  if (handle?.row.uid !== row.uid) throw connectionNotFound()
  return handle
}

function permit(context: Context, handle: ConnectionHandle, operation: Operation, call: PermissionRequest['call']): ConnectionHandle {
  requirePermission(context.actor, requestFor(operation, handle.row, call), connectionNotFound)
  return handle
}

function isFresh(house: House, handle: ConnectionHandle): boolean {
  return house.config.databaseUrl.startsWith('file:') || house.now() - handle.readAtMs < SHARED_DATABASE_MS
}

/** Past the cache, from the database. */
export const readHandle = (house: House, name: ConnectionName): Promise<ConnectionHandle | undefined> =>
  house.caches.connections.lookUp(cacheKeyOf(name), async () => {
    const stored = await findConnection(house.db, name)
    return stored && handleOf(house, name, stored)
  })

async function handleOf(house: House, name: ConnectionName, stored: StoredConnection): Promise<ConnectionHandle> {
  const { connection, credential, grant } = stored
  await house.vault.prepareOrganization(connection.organizationId)
  const renewal = isMachine(connection) ? machineRenewal(house, name, connection, grant) : grant ? tokenRenewal(house, name, connection, grant) : undefined
  const target = upstreamTargetOf(house.vault, connection, { credential, grant, renewal })
  try {
    target.open()
  } catch (error) {
    // Sealed under a data key that another process made meanwhile: learn of it here, off the hot path.
    if (isAppError(error) && error.code === 'vault.data_key_unknown') await house.vault.refresh()
  }
  return { row: connection, target, token: tokenTimesOf(grant), readAtMs: house.now() }
}

function tokenRenewal(house: House, name: ConnectionName, row: ConnectionRow, grant: OAuthGrantRow): TokenRenewal {
  async function note(wantedScope?: string): Promise<void> {
    // A server that refuses every call does not get a write for each of them.
    if (row.state === 'auth_required' && (wantedScope === undefined || coversScope(grant.wantedScope, wantedScope))) return
    try {
      await requireAuthorization(house, row, wantedScope)
    } catch (error) {
      house.log.error('a refusal could not be noted', { connectionUid: row.uid, error })
    } finally {
      forgetHandle(house, name)
    }
  }
  return {
    renew: async () => (await renewHandle(house, name, row, grant.generation)).target,
    async refused() {
      await note()
      return authorizationRequired()
    },
    async askForScope(wanted) {
      if (coversScope(grant.scope, wanted)) return false
      await note(wanted)
      return true
    },
  }
}

/** Where nobody signs in, a refused token is asked for again, also if it would be the first one. */
const machineRenewal = (house: House, name: ConnectionName, row: MachineConnection, grant: OAuthGrantRow | null): TokenRenewal => ({
  async renew(quietly) {
    countEarlyRenewal(house, row)
    return (await renewHandle(house, name, row, grant?.generation, quietly)).target
  },
  async refused() {
    const failure = freshTokenRefused()
    await noteRefusal(house, row, failure)
    forgetHandle(house, name)
    return failure
  },
  // What a client may have is settled at its authorization server; asking for more could cost it what it has.
  askForScope: () => Promise.resolve(false),
})

function tokenTimesOf(grant: OAuthGrantRow | null): TokenTimes | undefined {
  if (!grant || grant.refreshAt === null) return undefined
  return { generation: grant.generation, refreshAtMs: grant.refreshAt, expiresAtMs: grant.expiresAt ?? Infinity }
}

/** After a change: the next call reads the row again, and finds that sessions under the old credential are not its own. */
export function forgetHandle(house: House, name: ConnectionName): void {
  house.caches.connections.forget(cacheKeyOf(name))
}
