// What the operator's own machine may be told about the whole installation, across namespaces: for the
// start page of a laptop, where whoever can open the page owns the machine.
import { findConnection } from '../../db/queries/connections.ts'
import { countConnectionsByState } from '../../db/queries/count-connections.ts'
import type { ConnectionStatus } from '../connections/connection-view.ts'
import type { House } from '../context/context.ts'

export interface Installation {
  database: 'file' | 'remote'
  /** Of all namespaces; a state without connections is left out. */
  connections: Partial<Record<ConnectionStatus['state'], number>>
  /** The demo connection exists and works. */
  demoWorks: boolean
}

export async function readInstallation(house: House, demo: { namespace: string; connectionId: string }): Promise<Installation> {
  const [connections, stored] = await Promise.all([countConnectionsByState(house.db), findConnection(house.db, demo)])
  return {
    database: house.config.databaseUrl.startsWith('file:') ? 'file' : 'remote',
    connections,
    demoWorks: stored?.connection.status.state === 'connected',
  }
}
