import { deleteConnection as deleteRow } from '../../db/queries/connections.ts'
import type { Context } from '../context/context.ts'
import { connectionNotFound } from './connection-errors.ts'
import { forgetHandle, requireHandle, type ConnectionName } from './find-handle.ts'
import { publishStatus } from './publish-status.ts'

/** With its credential; sessions end. @throws connection.not_found */
export async function deleteConnection(context: Context, input: ConnectionName): Promise<void> {
  const { row } = await requireHandle(context, input, 'write')
  const deleted = await deleteRow(context.db, { uid: row.uid })
  forgetHandle(context, input)
  context.pool.dropConnection(row.uid)
  if (!deleted) throw connectionNotFound()
  publishStatus(context, row, 'deleted')
}
