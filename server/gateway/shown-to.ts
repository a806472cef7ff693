import { type AppError, toAppError } from '../lib/app-error.ts'
import type { GatewayCall } from './call.ts'

/** What a caller may see of a message of the server, or why it cannot be shown. `session`: whose stream it came on. */
export function shownTo({ limits }: GatewayCall, bytes: Buffer, session?: string): Buffer | AppError {
  try {
    return limits ? limits.show(bytes, session) : bytes
  } catch (error) {
    return toAppError(error)
  }
}
