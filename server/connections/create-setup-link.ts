import type { Context } from '../context/context.ts'
import { setupUrlOf } from './authorization/setup-link.ts'
import { requireStoredHandle, type ConnectionName } from './find-handle.ts'

/** For signing in anew, also while the grant still works: until somebody does, nothing changes. @throws connection.not_found, policy.forbidden */
export async function createSetupLink(context: Context, input: ConnectionName): Promise<{ url: string }> {
  const { row } = await requireStoredHandle(context, input, 'write')
  return { url: setupUrlOf(context, row) }
}
