// Asks the upstream what state a connection is in, stores the answer and tells whoever watches.
import { findConnectionRegistration } from '../../db/queries/client-registrations.ts'
import { findConnectionByUid, setConnectionStatus } from '../../db/queries/connections.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { House } from '../context/context.ts'
import type { UpstreamTarget } from '../mcp/upstream-target.ts'
import { askForClient } from './authorization/ask-for-client.ts'
import { connectionNotFound } from './connection-errors.ts'
import { forgetHandle } from './find-handle.ts'
import { probeUpstream } from './probe-upstream.ts'
import { publishStatus } from './publish-status.ts'
import { recordStatus } from './record-status.ts'

/** @throws connection.not_found if it was deleted meanwhile */
export async function settleConnection(house: House, row: ConnectionRow, target: UpstreamTarget, principal: string): Promise<ConnectionRow> {
  // Asked afresh, not answered from an open session or from what it spoke last year.
  const probe = await probeUpstream(house, { ...target, verdict: undefined }, principal)
  const registration = probe.status.state === 'auth_required' ? await findConnectionRegistration(house.db, row.uid) : undefined
  const status = await askForClient(house, probe.status, { ...row, registration }, house.traces.startFlow('check', row))
  await setConnectionStatus(house.db, {
    uid: row.uid,
    expectedRevision: row.revision,
    status,
    ...(probe.serverInfo && { serverInfo: probe.serverInfo }),
    ...(probe.protocol && { protocol: probe.protocol }),
    at: house.now(),
  })
  forgetHandle(house, row)
  const stored = await findConnectionByUid(house.db, { uid: row.uid })
  if (!stored) throw connectionNotFound()
  recordStatus(house, stored.connection, row.state)
  publishStatus(house, stored.connection)
  return stored.connection
}
