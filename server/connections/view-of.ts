import type { ListedConnection } from '../../db/queries/list-connections.ts'
import type { Context } from '../context/context.ts'
import { authorize } from '../policy/authorize.ts'
import { setupUrlOf } from './authorization/setup-link.ts'
import type { ConnectionStatus, ConnectionView, ServerInfo } from './connection-view.ts'

/** The public shape of a stored connection, for whoever asks. */
export function viewOf(context: Context, row: ListedConnection): ConnectionView {
  const serverInfo = row.serverInfo as ServerInfo | null
  return {
    connectionId: row.connectionId,
    name: row.name,
    transport: 'http',
    mcpUrl: row.mcpUrl,
    metadata: row.metadata as ConnectionView['metadata'],
    iconUrl: null,
    sessions: row.sessions,
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
    lastUsedAt: row.lastUsedAt === null ? null : new Date(row.lastUsedAt).toISOString(),
    status: statusOf(context, row),
    ...(row.oauth && { oauth: row.oauth }),
    ...(row.machineGrant && { machineGrant: row.machineGrant }),
    ...(serverInfo && { serverInfo }),
  }
}

/** Who opens a setup link decides whose account the connection uses: it is shown to those who may change the connection. */
function statusOf(context: Context, row: ListedConnection): ConnectionStatus {
  const status = row.status as ConnectionStatus
  if (row.machineGrant !== null || (status.state !== 'auth_required' && status.state !== 'input_required')) return status
  const request = { operation: 'write', resource: 'connections', organizationId: row.organizationId } as const
  if (!authorize(context.actor, request).allowed) return status
  const setupUrl = setupUrlOf(context, row)
  return status.state === 'input_required' ? { ...status, setupUrl } : { ...status, setupUrl, authorizationUrl: setupUrl }
}
