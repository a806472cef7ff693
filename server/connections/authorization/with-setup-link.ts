import type { ConnectionRow } from '../../../db/schema/connection.ts'
import type { Context } from '../../context/context.ts'
import { AppError, toAppError } from '../../lib/app-error.ts'
import { setupUrlFor } from './setup-url-for.ts'

/** What a call failed of. If it waits for a person, whoever may write to the connection is told where to send them. */
export function withSetupLink(context: Context, row: ConnectionRow, error: unknown): AppError {
  const failure = toAppError(error)
  const { code, kind, details } = failure
  if ((kind !== 'auth_required' && kind !== 'input_required') || details?.authorizationUrl !== undefined) return failure
  const authorizationUrl = setupUrlFor(context, row)
  if (authorizationUrl === undefined) return failure
  const { connectionId } = row
  return new AppError({ code, kind, message: failure.message, details: { ...details, authorizationUrl, connectionId }, cause: failure })
}
