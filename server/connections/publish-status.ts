import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { House } from '../context/context.ts'
import type { StatusChange } from '../context/status-change.ts'

type Named = Pick<ConnectionRow, 'organizationId' | 'namespace' | 'connectionId' | 'uid' | 'status' | 'metadata'>

export const publishStatus = (house: House, row: Named, state: StatusChange['state'] = row.status.state): void =>
  house.statusFeed.publish({
    organizationId: row.organizationId,
    namespace: row.namespace,
    connectionId: row.connectionId,
    connectionUid: row.uid,
    metadata: row.metadata,
    state,
  })
