import { deleteConnection as deleteRow } from '../../db/queries/connections.ts'
import type { Context } from '../context/context.ts'
import { connectionNotFound } from './connection-errors.ts'
import { forgetHandle, requireHandle, type ConnectionName } from './find-handle.ts'
import { publishStatus } from './publish-status.ts'

/** With its credential; sessions end. @throws connection.not_found */
export async function deleteConnection(context: Context, input: ConnectionName): Promise<void> {
  const { row } = await requireHandle(context, input, 'write')
  let deleted = false
  try {
    deleted = await deleteRow(context.db, { uid: row.uid })
  } finally {
    // Also when the database did not answer: it may have done it, and then nothing may go on working from memory.
    forgetHandle(context, input)
    context.pool.dropConnection(row.uid)
  }
  if (!deleted) throw connectionNotFound()
  publishStatus(context, row, 'deleted')
}
