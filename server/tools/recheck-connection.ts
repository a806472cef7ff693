// What a check finds out: whether the server answers, and whether it offers what it did.
import { checkConnection } from '../connections/check-connection.ts'
import type { ConnectionView } from '../connections/connection-view.ts'
import { requireHandle, type ConnectionName } from '../connections/find-handle.ts'
import type { Context } from '../context/context.ts'
import { toAppError } from '../lib/app-error.ts'
import { SECOND_MS } from '../lib/units.ts'
import { askUpstream } from './ask-upstream.ts'
import { collectTools } from './collect-tools.ts'
import { noteTools } from './note-tools.ts'

const TOOLS_TIMEOUT_MS = 15 * SECOND_MS

/** The connection after asking its server now. @throws connection.not_found, policy.forbidden; oauth.* for what may pass */
export async function recheckConnection(context: Context, input: ConnectionName): Promise<ConnectionView> {
  const connection = await checkConnection(context, input)
  if (connection.status.state === 'connected') await compareTools(context, input)
  return connection
}

/** A server without tools, or one that does not tell them in time, is connected all the same. */
async function compareTools(context: Context, input: ConnectionName): Promise<void> {
  try {
    const handle = await requireHandle(context, input, 'write')
    const signal = AbortSignal.timeout(TOOLS_TIMEOUT_MS)
    await noteTools(context, handle, await collectTools((params) => askUpstream(context, handle.target, { method: 'tools/list', params, signal })))
  } catch (error) {
    const failure = toAppError(error)
    context.log.info('the tools of a connection could not be compared', { code: failure.code, error: failure })
  }
}
