// The connection that a session is about: made when the person agrees, in the name of whoever made the link.
import { deleteConnection } from '../../db/queries/connections.ts'
import { bindConnection, findConnectSession } from '../../db/queries/connect-sessions.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import { setupLinkInvalid } from '../connections/authorization/authorization-errors.ts'
import { insertNewConnection } from '../connections/create-connection.ts'
import { forgetHandle } from '../connections/find-handle.ts'
import { noteConnection } from '../connections/note-connection.ts'
import { publishStatus } from '../connections/publish-status.ts'
import type { Context } from '../context/context.ts'
import { friendlyConnectionId } from '../lib/ids.ts'
import { connectionOf } from './get-connect-session.ts'
import { type ConnectionDraft, readDraft } from './read-draft.ts'

/** One for a session, however often somebody clicks. `context`: of whoever made the link. @throws authorization.link_invalid, namespace.not_found */
export async function makeConnection(context: Context, session: ConnectSessionRow): Promise<ConnectionRow> {
  const draft = await readDraft(context, session)
  const made = await insertUnderNewId(context, session.namespace, draft)
  if (await bindConnection(context.db, { id: session.id, connectionUid: made.uid })) return made
  // Another click was faster, or the session is over: this one is nobody's.
  try {
    await deleteConnection(context.db, { uid: made.uid, at: context.now() })
  } finally {
    forgetHandle(context, made)
    context.pool.dropConnection(made.uid)
  }
  noteConnection(context, made, 'connection.delete')
  publishStatus(context, made, 'deleted')
  const bound = await findConnectSession(context.db, session.id)
  const connection = bound && (await connectionOf(context, bound))
  if (!connection) throw setupLinkInvalid()
  return connection
}

async function insertUnderNewId(context: Context, namespace: string, draft: ConnectionDraft): Promise<ConnectionRow> {
  for (;;) {
    const row = await insertNewConnection(context, { ...draft, namespace, connectionId: friendlyConnectionId() })
    if (row) return row
  }
}
