// PUT: the connection under this id, made or brought up to date.
import { findConnection } from '../../db/queries/connections.ts'
import type { Context } from '../context/context.ts'
import { invalidInput } from '../lib/app-error.ts'
import { requireNamespace } from '../namespaces/namespaces.ts'
import type { UpsertConnectionInput } from './connection-input.ts'
import type { ConnectionView } from './connection-view.ts'
import { insertNewConnection } from './create-connection.ts'
import type { ConnectionName } from './find-handle.ts'
import { updateConnection } from './update-connection.ts'
import { viewOf } from './view-of.ts'

/** @throws connection.url_mismatch, input.invalid, namespace.not_found */
export async function upsertConnection(
  context: Context,
  input: ConnectionName & UpsertConnectionInput,
): Promise<{ connection: ConnectionView; created: boolean }> {
  await requireNamespace(context, { name: input.namespace, operation: 'write', resource: 'connections', connection: 'some' })
  const { mcpUrl } = input
  if (!(await findConnection(context.db, input))) {
    if (mcpUrl === undefined) throw invalidInput('mcpUrl', 'is required, because there is no connection with this id yet')
    const row = await insertNewConnection(context, { ...input, mcpUrl })
    if (row) return { connection: viewOf(context, row), created: true }
    // Somebody else made it in between: then this is an update.
  }
  return { connection: await updateConnection(context, input), created: false }
}
