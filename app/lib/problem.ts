// What of a failed call in the browser may be shown: the shape that pages get from their loaders.
import { TRPCClientError } from '@trpc/client'
import type { Problem } from './load-context.ts'

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const sideOf = (status: number): Problem['side'] => (status === 502 || status === 504 ? 'upstream' : status >= 500 ? 'plugboard' : 'caller')

const unreachable: Problem = {
  code: 'browser.no_answer',
  message: 'Plugboard did not answer. Check that it runs and that you are online, then try again.',
  status: 0,
  side: 'plugboard',
  field: undefined,
  upstreamText: undefined,
  retryAfterSeconds: undefined,
  requestId: 'none',
}

/** The part of the error envelope that every door has in common. */
interface FailedCall {
  httpStatus: number
  plugboard: { code: string; message: string; requestId: string; details?: Record<string, unknown> }
}

const isFailedCall = (data: unknown): data is FailedCall => typeof data === 'object' && data !== null && 'plugboard' in data

/** Of anything that a call of `api` rejected with. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof TRPCClientError) || !isFailedCall(error.data)) return unreachable
  const { httpStatus, plugboard } = error.data
  const { code, message, requestId, details = {} } = plugboard
  return {
    code,
    message,
    requestId,
    status: httpStatus,
    side: sideOf(httpStatus),
    field: textOf(details.field),
    upstreamText: textOf((details.upstream as { message?: unknown } | undefined)?.message),
    retryAfterSeconds: typeof details.retryAfterSeconds === 'number' ? details.retryAfterSeconds : undefined,
  }
}
