import type { Context } from '../context/context.ts'
import { signsInByItself } from './authorization/authorization-errors.ts'
import { setupUrlOf } from './authorization/setup-link.ts'
import { noteConnection } from './note-connection.ts'
import { requireStoredHandle, type ConnectionName } from './find-handle.ts'

/** For signing in anew, also while the grant still works: until somebody does, nothing changes. @throws connection.not_found, policy.forbidden, authorization.signs_in_by_itself */
export async function createSetupLink(context: Context, input: ConnectionName): Promise<{ url: string }> {
  const { row } = await requireStoredHandle(context, input, 'write')
  if (row.machineGrant !== null) throw signsInByItself()
  noteConnection(context, row, 'setup_link.create')
  return { url: setupUrlOf(context, row) }
}
