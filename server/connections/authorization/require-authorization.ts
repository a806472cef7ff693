// A connection that worked and whose grant has ended: from now on its status says that a person is needed.
import { setConnectionStatus } from '../../../db/queries/connections.ts'
import type { ConnectionRow } from '../../../db/schema/connection.ts'
import type { House } from '../../context/context.ts'
import { publishStatus } from '../publish-status.ts'

export async function requireAuthorization(house: House, row: ConnectionRow): Promise<void> {
  const status = { state: 'auth_required' as const }
  await setConnectionStatus(house.db, { uid: row.uid, expectedRevision: row.revision, status, at: house.now() })
  publishStatus(house, { ...row, status })
}
