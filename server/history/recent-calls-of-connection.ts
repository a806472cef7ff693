import { KEPT_CALLS, listRecentCalls, type ListedCall } from '../../db/queries/recent-calls.ts'
import { requireHandle, type ConnectionName } from '../connections/find-handle.ts'
import type { Context } from '../context/context.ts'
import type { RecentCallView } from './recent-call-view.ts'

/** Newest first, up to those of a few seconds ago: who called what and how it went. @throws connection.not_found */
export async function recentCallsOfConnection(context: Context, input: ConnectionName & { limit?: number | undefined }): Promise<{ calls: RecentCallView[] }> {
  const { row } = await requireHandle(context, input, 'read')
  const calls = await listRecentCalls(context.db, { connectionUid: row.uid, limit: input.limit ?? KEPT_CALLS })
  return { calls: calls.map(viewOf) }
}

function viewOf({ at, principal, callerName, ...call }: ListedCall): RecentCallView {
  const [kind, id = ''] = principal.split(':')
  return { ...call, at: new Date(at).toISOString(), caller: { kind: kind === 'member' ? 'member' : 'api_key', id, name: callerName } }
}
