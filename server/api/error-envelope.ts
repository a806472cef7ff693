// What a failed call looks like on tRPC's wire: its own members, and beside them what the other doors say.
import { TRPC_ERROR_CODES_BY_KEY, type TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import type { AppError } from '../lib/app-error.ts'
import { errorTable } from '../lib/error-table.ts'

export interface ErrorEnvelope {
  code: number
  message: string
  data: {
    code: TRPC_ERROR_CODE_KEY
    httpStatus: number
    path?: string
    plugboard: { code: string; message: string; requestId: string; details?: Record<string, unknown> }
  }
}

/** The table's word is one of tRPC's: a test holds it to that. */
export const trpcCodeOf = (error: AppError): TRPC_ERROR_CODE_KEY => errorTable[error.kind].trpc as TRPC_ERROR_CODE_KEY

export function errorEnvelope(error: AppError, path: string | undefined, requestId: string): ErrorEnvelope {
  const code = trpcCodeOf(error)
  return {
    code: TRPC_ERROR_CODES_BY_KEY[code],
    message: error.message,
    data: {
      code,
      httpStatus: errorTable[error.kind].status,
      ...(path !== undefined && { path }),
      plugboard: { code: error.code, message: error.message, requestId, ...(error.details && { details: error.details }) },
    },
  }
}
