import type { ConnectionStatus, ServerInfo } from '../connections/connection-view.ts'

export interface ToolSummary {
  name: string
  title?: string
  description?: string
}

export interface TriedConnection {
  status: ConnectionStatus
  serverInfo?: ServerInfo
  /** At most 200 of the first page. Left out if there was no answer to the question. */
  tools?: ToolSummary[]
}
