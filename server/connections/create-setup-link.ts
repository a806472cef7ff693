import type { Context } from '../context/context.ts'
import { setupUrlOf } from './authorization/setup-link.ts'
import { noteConnection } from './note-connection.ts'
import { requireStoredHandle, type ConnectionName } from './find-handle.ts'

/** For signing in anew, also while the grant still works: until somebody does, nothing changes. @throws connection.not_found, policy.forbidden */
export async function createSetupLink(context: Context, input: ConnectionName): Promise<{ url: string }> {
  const { row } = await requireStoredHandle(context, input, 'write')
  noteConnection(context, row, 'setup_link.create')
  return { url: setupUrlOf(context, row) }
}
