// What can go wrong on the way to an upstream. Whoever holds a connection must not learn from the
// answer whether a destination is blocked, closed or unknown (a port scanner by proxy): those three
// are one error, and the true reason is its `cause`, for the log only.
import { AppError, type AppErrorInput } from '../lib/app-error.ts'

/** An error of an exchange; nothing but a request that never left may be sent again. */
export class EgressError extends AppError {
  /** False only if no byte of the request can have reached the upstream. */
  readonly requestSent: boolean

  constructor(input: AppErrorInput, requestSent: boolean) {
    super(input)
    this.requestSent = requestSent
  }
}

export type RefusalCode =
  | 'EGRESS_BLOCKED_ADDRESS'
  | 'EGRESS_BLOCKED_NAME'
  | 'EGRESS_OWN_LISTENER'
  | 'EGRESS_WRONG_PEER'
  | 'EGRESS_CONNECT_TIMEOUT'
  | 'EGRESS_REDIRECT'

/** Why we did not connect: the cause of an `upstream.unreachable`, never shown. */
export class EgressRefusal extends Error {
  override readonly name = 'EgressRefusal'
  constructor(readonly code: RefusalCode) {
    super(code)
  }
}

export const invalidUpstreamUrl = (problem: string) =>
  new EgressError({ code: 'upstream.invalid_url', kind: 'invalid', message: `mcpUrl: ${problem}`, details: { field: 'mcpUrl' } }, false)

export const upstreamUnreachable = (cause: unknown) =>
  new EgressError(
    {
      code: 'upstream.unreachable',
      kind: 'upstream',
      message: 'The upstream server could not be reached. Check its URL; private destinations need the operator\'s EGRESS_ALLOW.',
      cause,
    },
    false,
  )

export const upstreamTimeout = (requestSent: boolean) =>
  new EgressError({ code: 'upstream.timeout', kind: 'timeout', message: 'The upstream server did not answer in time.' }, requestSent)

export const connectionLost = (cause: unknown) =>
  new EgressError(
    { code: 'upstream.connection_lost', kind: 'upstream', message: 'The upstream server closed the connection before its answer was complete.', cause },
    true,
  )

export const responseTooLarge = () =>
  new EgressError({ code: 'upstream.response_too_large', kind: 'upstream', message: 'The upstream server\'s answer is larger than allowed.' }, true)

export const invalidResponse = (cause?: unknown) =>
  new EgressError(
    { code: 'upstream.invalid_response', kind: 'upstream', message: 'The upstream server\'s answer is not valid HTTP. Whoever runs it must repair it.', cause },
    true,
  )

/** The caller's own `abort()`: said once, so that whoever awaits the exchange is released. */
export const exchangeAborted = (requestSent: boolean) =>
  new EgressError({ code: 'upstream.aborted', kind: 'upstream', message: 'The request to the upstream server was cancelled.' }, requestSent)

export const egressClosed = (requestSent: boolean) =>
  new EgressError({ code: 'upstream.shutting_down', kind: 'unavailable', message: 'Plugboard is shutting down. Try again.', retryAfterSeconds: 1 }, requestSent)

export const originBusy = () =>
  new EgressError(
    { code: 'upstream.too_many_waiting', kind: 'rate_limited', message: 'Too many calls to this server are waiting already. Try again.', retryAfterSeconds: 1 },
    false,
  )

/** Headers or a path that HTTP cannot carry: they were checked when they were stored, so this is ours. */
export const unusableRequest = (part: 'path' | 'host' | 'header name' | 'header value') =>
  new EgressError(
    {
      code: 'upstream.unusable_request',
      kind: 'internal',
      message: 'The request could not be put into HTTP.',
      cause: new Error(`a ${part} that HTTP cannot carry`),
    },
    false,
  )

/** Why a request never left, in our words. */
export const unsentFrom = (error: unknown): EgressError => (error instanceof EgressError ? error : upstreamUnreachable(error))
