import type { ConnectionStatus, ConnectionView } from './connection-view.ts'

export interface ConnectionsSummary {
  total: number
  /** A state without connections is left out. */
  byState: Partial<Record<ConnectionStatus['state'], number>>
  /** At most five, the last changed first. */
  attention: ConnectionView[]
}
