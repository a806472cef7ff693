// The one error of the house. A room that can fail owns makers (`connectionNotFound(id)`) that build
// it; `error-table.ts` is the only place that turns a kind into an HTTP status, a tRPC code or a
// JSON-RPC code.

export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'auth_required'
  | 'input_required'
  | 'too_large'
  | 'unsupported_media_type'
  | 'rate_limited'
  | 'loop'
  | 'upstream'
  | 'timeout'
  | 'unavailable'
  | 'internal'

export interface AppErrorInput {
  /** Stable, `room.reason`; clients may branch on it. */
  code: string
  kind: ErrorKind
  /** Safe to show to anyone who could make the call; says what to do. Never upstream text. */
  message: string
  /** Safe to send; JSON. */
  details?: Record<string, unknown>
  /** For the log only. */
  cause?: unknown
  /** Seconds; becomes Retry-After. */
  retryAfterSeconds?: number
}

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: string
  readonly kind: ErrorKind
  readonly details: Record<string, unknown> | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(input: AppErrorInput) {
    super(input.message, input.cause === undefined ? undefined : { cause: input.cause })
    this.code = input.code
    this.kind = input.kind
    this.details = input.details
    this.retryAfterSeconds = input.retryAfterSeconds
  }
}

export const isAppError = (error: unknown): error is AppError => error instanceof AppError

/** Bad input; `field` is a path into what the caller sent (`metadata.userId`, `headers.x-api-key`). */
export const invalidInput = (field: string, problem: string, code = 'input.invalid') =>
  new AppError({ code, kind: 'invalid', message: `${field}: ${problem}`, details: { field } })

/** What a caller sees of a failure we did not foresee: nothing but that it happened. */
export const unexpected = (cause: unknown) =>
  new AppError({
    code: 'internal.unexpected',
    kind: 'internal',
    message: 'Something went wrong inside Plugboard. The request id finds it in the log.',
    cause,
  })

export const toAppError = (error: unknown): AppError => (isAppError(error) ? error : unexpected(error))
