import type { ConnectionState } from '../../lib/load-context.ts'

/** Of a connection, what one needs to pick it. */
export interface ConnectionOption {
  connectionId: string
  name: string
  status: { state: ConnectionState }
}
