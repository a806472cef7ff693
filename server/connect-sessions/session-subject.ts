// Which connection a session is about, as the decision point wants it.
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import type { House } from '../context/context.ts'
import { type Operation, type PermissionRequest, requestFor } from '../policy/permission.ts'
import { readDraft } from './read-draft.ts'

/** `connection`: the session's, if there is one now. One that is gone is nothing that a limit could be met by. */
export async function requestAbout(
  house: House,
  operation: Operation,
  session: ConnectSessionRow,
  connection: ConnectionRow | undefined,
): Promise<PermissionRequest> {
  if (connection) return requestFor(operation, connection)
  const { organizationId, namespace } = session
  const about = { operation, resource: 'connections', organizationId, namespace } as const
  if (session.connectionUid !== null || session.draftSealed === null) return about
  const { metadata = null } = await readDraft(house, session)
  return { ...about, connection: { connectionId: undefined, metadata } }
}
