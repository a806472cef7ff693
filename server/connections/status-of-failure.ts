import type { AppError } from '../lib/app-error.ts'
import type { ConnectionStatus } from './connection-view.ts'

/** What a failure says of the connection. Where a person can mend it, whoever may write to the connection is shown how. */
export function statusOfFailure({ kind, code, message }: AppError): ConnectionStatus {
  if (kind !== 'auth_required') return { state: 'error', message }
  // No setup link helps: the app has to hand something over.
  return { state: 'auth_required', ...(code === 'authorization.identity_refused' && { reason: message }) }
}
