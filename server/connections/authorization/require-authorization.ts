// A connection that worked and does not any more, for want of a grant or of a right that was not granted: from now on its
// status says that a person is needed, and what for is kept until one comes.
import { setConnectionStatus } from '../../../db/queries/connections.ts'
import { findGrant, wantScope } from '../../../db/queries/oauth-grants.ts'
import type { ConnectionRow } from '../../../db/schema/connection.ts'
import type { House } from '../../context/context.ts'
import { splitScope } from '../../oauth/grant/scopes.ts'
import { publishStatus } from '../publish-status.ts'
import { recordStatus } from '../record-status.ts'

export async function requireAuthorization(house: House, row: ConnectionRow, wantedScope?: string): Promise<void> {
  const status = { state: 'auth_required' as const }
  // First what the status promises to ask for.
  if (wantedScope !== undefined) await addWantedScope(house, row.uid, wantedScope)
  await setConnectionStatus(house.db, { uid: row.uid, expectedRevision: row.revision, status, at: house.now() })
  recordStatus(house, { ...row, status }, row.state)
  publishStatus(house, { ...row, status })
}

/** A server that invents another one for each call is not followed without end. */
const MAX_WANTED = 50

/** Several calls may miss several things before a person comes. */
async function addWantedScope(house: House, connectionUid: string, wanted: string): Promise<void> {
  const known = (await findGrant(house.db, connectionUid))?.wantedScope ?? ''
  const scopes = new Set([...splitScope(known), ...splitScope(wanted)])
  await wantScope(house.db, { connectionUid, scope: [...scopes].slice(0, MAX_WANTED).join(' ') })
}
