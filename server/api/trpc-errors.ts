// Between tRPC's errors and the house's: whatever was thrown behind a procedure, or said by tRPC before one.
import { TRPCError } from '@trpc/server'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import { ZodError } from 'zod'
import { AppError, isAppError, unexpected } from '../lib/app-error.ts'
import { inputProblem } from '../lib/input-problem.ts'
import { unsupportedMediaType } from '../lib/json-body.ts'
import { trpcCodeOf } from './error-envelope.ts'

const invalidRequest = (message: string) => new AppError({ code: 'input.invalid', kind: 'invalid', message })

const notJson = () => invalidRequest('The input is not valid JSON.')

/** tRPC's own complaints in our words: its messages quote what was sent. */
const PROTOCOL_ERRORS: Partial<Record<TRPC_ERROR_CODE_KEY, () => AppError>> = {
  NOT_FOUND: () => new AppError({ code: 'procedure.not_found', kind: 'not_found', message: 'There is no such procedure.' }),
  METHOD_NOT_SUPPORTED: () =>
    new AppError({
      code: 'procedure.method_not_allowed',
      kind: 'method_not_allowed',
      message: 'Send mutations with POST; read queries and subscriptions with GET.',
    }),
  UNSUPPORTED_MEDIA_TYPE: unsupportedMediaType,
  BAD_REQUEST: () => invalidRequest('This is not a tRPC request: at most 10 calls of one type in a batch, inputs as an object by index.'),
}

/** `input` finds out what is missing in it. */
export function toHouseError(error: TRPCError, input: unknown): AppError {
  if (isAppError(error.cause)) return error.cause
  if (error.cause instanceof ZodError) return inputProblem(error.cause, input)
  if (error.code === 'PARSE_ERROR' || (error.code === 'BAD_REQUEST' && error.cause instanceof SyntaxError)) return notJson()
  // With a cause it was thrown by code of ours; without one tRPC said it.
  const known = error.cause === undefined ? PROTOCOL_ERRORS[error.code] : undefined
  return known?.() ?? unexpected(error.cause ?? error)
}

export const toTrpcError = (error: AppError): TRPCError => new TRPCError({ code: trpcCodeOf(error), message: error.message, cause: error })
