// Asks the upstream again, and stores what it says.
import { findConnection, setConnectionStatus } from '../../db/queries/connections.ts'
import type { Context } from '../context/context.ts'
import { principalOf } from '../policy/actor.ts'
import { connectionNotFound } from './connection-errors.ts'
import type { ConnectionView } from './connection-view.ts'
import { forgetHandle, requireStoredHandle, type ConnectionName } from './find-handle.ts'
import { probeUpstream } from './probe-upstream.ts'
import { publishStatus } from './publish-status.ts'
import { viewOf } from './view-of.ts'

/** @throws connection.not_found, policy.forbidden */
export async function checkConnection(context: Context, input: ConnectionName): Promise<ConnectionView> {
  const { row, target } = await requireStoredHandle(context, input, 'write')
  // Asked afresh, not answered from an open session or from what it spoke last year.
  const probe = await probeUpstream(context, { ...target, verdict: undefined }, principalOf(context.actor))
  await setConnectionStatus(context.db, {
    uid: row.uid,
    expectedRevision: row.revision,
    status: probe.status,
    ...(probe.serverInfo && { serverInfo: probe.serverInfo }),
    ...(probe.protocol && { protocol: probe.protocol }),
    at: context.now(),
  })
  forgetHandle(context, input)
  const stored = await findConnection(context.db, input)
  if (!stored) throw connectionNotFound()
  publishStatus(context, stored.connection)
  return viewOf(stored.connection)
}
