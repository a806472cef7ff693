// The deletion of somebody who may have slipped: the connection is gone for everybody at once, and comes
// back if it is undone in time. Afterwards it is deleted with all that belongs to it.
import { deleteHiddenConnections, findHiddenConnection, hideConnection, restoreConnection } from '../../db/queries/hidden-connections.ts'
import { findGrant, listGrantsOfHidden } from '../../db/queries/oauth-grants.ts'
import type { Context, House } from '../context/context.ts'
import { SECOND_MS } from '../lib/units.ts'
import { requirePermission } from '../policy/authorize.ts'
import { requestFor } from '../policy/permission.ts'
import { prepareReturns } from './authorization/prepare-returns.ts'
import { connectionNotFound } from './connection-errors.ts'
import type { ConnectionView } from './connection-view.ts'
import { notDeleted, revisionFor } from './delete-as-seen.ts'
import { forgetHandle, requireStoredHandle, type ConnectionName } from './find-handle.ts'
import { noteConnection } from './note-connection.ts'
import { publishStatus } from './publish-status.ts'
import type { Removal } from './removal.ts'
import { viewOf } from './view-of.ts'

const UNDO_MS = 10 * SECOND_MS
/** In one run; whoever deletes thousands in ten seconds does so through a namespace. */
const MAX_GIVEN_BACK = 100

/** No door finds it from here on; its sessions end. @throws connection.not_found */
export async function removeConnection(context: Context, input: ConnectionName): Promise<Removal> {
  const { row } = await requireStoredHandle(context, input, 'write')
  const nowMs = context.now()
  let hidden = false
  try {
    hidden = await hideConnection(context.db, { uid: row.uid, at: nowMs, expectedRevision: revisionFor(context, row) })
  } finally {
    // Also when the database did not answer: it may have done it, and then nothing may go on working from memory.
    forgetHandle(context, input)
    context.pool.dropConnection(row.uid)
  }
  if (!hidden) throw notDeleted(context)
  noteConnection(context, row, 'connection.remove')
  publishStatus(context, row, 'deleted')
  const grant = await findGrant(context.db, row.uid)
  return { undoUntil: new Date(nowMs + UNDO_MS).toISOString(), ...(grant && { takesGrantBack: grant.revocationEndpoint !== null }) }
}

/** As it was, with its credential and its usage. @throws connection.not_found, also when it is too late */
export async function undoRemoveConnection(context: Context, input: ConnectionName): Promise<ConnectionView> {
  const row = await findHiddenConnection(context.db, input)
  if (!row) throw connectionNotFound()
  requirePermission(context.actor, requestFor('write', row), connectionNotFound)
  const restored = await restoreConnection(context.db, { uid: row.uid, hiddenAfter: context.now() - UNDO_MS })
  forgetHandle(context, input)
  if (!restored) throw connectionNotFound()
  noteConnection(context, row, 'connection.restore')
  publishStatus(context, row)
  return viewOf(context, row)
}

/** Run now and then, and at the start: what was not undone in time goes, and what it was granted is given back. */
export async function finishRemovals(house: House): Promise<void> {
  const at = house.now()
  const until = at - UNDO_MS
  const leaving = await listGrantsOfHidden(house.db, { until, limit: MAX_GIVEN_BACK })
  const giveBack = await prepareReturns(house, leaving)
  await deleteHiddenConnections(house.db, { until, at })
  await giveBack()
}
