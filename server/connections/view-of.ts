import type { ListedConnection } from '../../db/queries/list-connections.ts'
import type { Context } from '../context/context.ts'
import { setupUrlFor } from './authorization/setup-url-for.ts'
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

function statusOf(context: Context, row: ListedConnection): ConnectionStatus {
  const status = row.status as ConnectionStatus
  if (status.state !== 'auth_required' && status.state !== 'input_required') return status
  const setupUrl = setupUrlFor(context, row)
  if (setupUrl === undefined) return status
  return status.state === 'input_required' ? { ...status, setupUrl } : { ...status, setupUrl, authorizationUrl: setupUrl }
}
