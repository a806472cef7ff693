import type { ListedConnection } from '../../db/queries/list-connections.ts'
import type { ConnectionStatus, ConnectionView, ServerInfo } from './connection-view.ts'

/** The public shape of a stored connection. */
export function viewOf(row: ListedConnection): ConnectionView {
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
    status: row.status as ConnectionStatus,
    ...(serverInfo && { serverInfo }),
  }
}
