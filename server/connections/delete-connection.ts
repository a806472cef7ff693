import { deleteConnection as deleteRow } from '../../db/queries/connections.ts'
import { findGrant } from '../../db/queries/oauth-grants.ts'
import type { Context } from '../context/context.ts'
import { clientOfGrant } from './authorization/find-client.ts'
import { giveBackGrant } from './authorization/give-back-grant.ts'
import { notDeleted, revisionFor } from './delete-as-seen.ts'
import type { Deletion } from './connection-view.ts'
import { forgetHandle, requireStoredHandle, type ConnectionName } from './find-handle.ts'
import { noteConnection } from './note-connection.ts'
import { publishStatus } from './publish-status.ts'

/** With its credential; sessions end, and what was granted is given back. @throws connection.not_found */
export async function deleteConnection(context: Context, input: ConnectionName): Promise<Deletion> {
  const { row } = await requireStoredHandle(context, input, 'write')
  // Read now: afterwards nothing is left to give back with.
  const grant = await findGrant(context.db, row.uid)
  const client = grant && (await clientOfGrant(context, grant))
  let deleted = false
  try {
    deleted = await deleteRow(context.db, { uid: row.uid, at: context.now(), expectedRevision: revisionFor(context, row) })
  } finally {
    // Also when the database did not answer: it may have done it, and then nothing may go on working from memory.
    forgetHandle(context, input)
    context.pool.dropConnection(row.uid)
  }
  if (!deleted) throw notDeleted(context)
  noteConnection(context, row, 'connection.delete')
  publishStatus(context, row, 'deleted')
  return { revokedUpstream: grant && client ? await giveBackGrant(context, { grant, client, mcpUrl: row.mcpUrl }) : null }
}
