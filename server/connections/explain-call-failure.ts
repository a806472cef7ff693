// What a call failed of, as its caller is told. What it says about the connection itself is noted beside the answer: from then
// on the status says so, too, and whoever watches hears of it.
import { findConnectionByUid } from '../../db/queries/connections.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { Context, House } from '../context/context.ts'
import { type AppError, toAppError } from '../lib/app-error.ts'
import { requireAuthorization } from './authorization/require-authorization.ts'
import { withSetupLink } from './authorization/with-setup-link.ts'
import { inputRequired } from './connection-errors.ts'
import type { ConnectionStatus } from './connection-view.ts'
import { forgetHandle } from './find-handle.ts'

export function explainCallFailure(context: Context, row: ConnectionRow, error: unknown): AppError {
  const failure = toAppError(error)
  if (failure.code !== 'upstream.authorization_required') return withSetupLink(context, row, failure)
  const status = row.status as ConnectionStatus
  if (status.state === 'input_required') return withSetupLink(context, row, inputRequired(status))
  if (status.state !== 'auth_required') void noteRefusal(context, row)
  return withSetupLink(context, row, failure)
}

/** Once, however many calls were refused at the same moment. Never throws. */
const noteRefusal = (house: House, row: ConnectionRow): Promise<void> =>
  house.flights.rounds.run(`refusal of ${row.uid}`, async () => {
    try {
      const stored = await findConnectionByUid(house.db, { uid: row.uid })
      if (stored && stored.connection.state !== 'auth_required') await requireAuthorization(house, stored.connection)
    } catch (error) {
      house.log.error('a refusal could not be noted', { connectionUid: row.uid, error })
    } finally {
      forgetHandle(house, row)
    }
  })
