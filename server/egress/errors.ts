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

export const upstreamTimeout = (requestSent: boolean, cause?: unknown) =>
  new EgressError({ code: 'upstream.timeout', kind: 'timeout', message: 'The upstream server did not answer in time.', cause }, requestSent)

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

export const egressClosed = (requestSent: boolean, cause?: unknown) =>
  new EgressError({ code: 'upstream.shutting_down', kind: 'unavailable', message: 'Plugboard is shutting down. Try again.', retryAfterSeconds: 1, cause }, requestSent)

const TIMEOUT_CODES = new Set(['UND_ERR_BODY_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT'])
const CLOSED_CODES = new Set(['UND_ERR_DESTROYED', 'UND_ERR_CLOSED'])

export type Progress = 'unsent' | 'sent' | 'head_received'

/** The HTTP client's error in our words. */
export function egressErrorFrom(error: unknown, progress: Progress): EgressError {
  if (error instanceof EgressError) return error
  const { name, code, data } = error as { name?: unknown; code?: unknown; data?: unknown }
  const sent = progress !== 'unsent'
  if (CLOSED_CODES.has(String(code))) return egressClosed(sent, error)
  if (!sent) return code === 'UND_ERR_INVALID_ARG' ? unusableRequest(error) : upstreamUnreachable(error)
  if (TIMEOUT_CODES.has(String(code))) return upstreamTimeout(true, error)
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return invalidResponse(error)
  // A length that does not match is a contradiction in the head, or a connection that ended inside the body.
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return progress === 'head_received' ? connectionLost(error) : invalidResponse(error)
  // The parser quotes the bytes it could not read; there are none if what it met was the end.
  if (name === 'HTTPParserError') return data === '' ? connectionLost(error) : invalidResponse(error)
  return connectionLost(error)
}

/** Headers or a path that HTTP cannot carry: they were checked when they were stored, so this is ours. */
const unusableRequest = (cause: unknown) =>
  new EgressError({ code: 'upstream.unusable_request', kind: 'internal', message: 'The request could not be put into HTTP.', cause }, false)
