// Answers on the wire; the one place of this door that knows what an error looks like there.
import type { AppError } from '../lib/app-error.ts'
import { errorBody, errorTable } from '../lib/error-table.ts'
import type { WireAnswer } from '../lib/wire-answer.ts'
import type { Answer } from './route.ts'

const jsonHeaders = (requestId: string): Record<string, string> => ({
  'content-type': 'application/json',
  // What a credential unlocked is nobody else's to keep.
  'cache-control': 'no-store',
  'x-request-id': requestId,
})

export const toWire = ({ status, body }: Answer, requestId: string): WireAnswer => ({ status, headers: jsonHeaders(requestId), body: JSON.stringify(body) })

export const toResponse = ({ status, headers, body }: WireAnswer): Response => new Response(body, { status, headers })

export const toErrorResponse = (error: AppError, requestId: string): Response => toResponse(toErrorWire(error, requestId))

export function toErrorWire(error: AppError, requestId: string): WireAnswer {
  const { status } = errorTable[error.kind]
  const headers = jsonHeaders(requestId)
  // RFC 9110 §11.6.1: a 401 names the scheme that would do.
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="plugboard"'
  // Clients of the dialect repeat a 409 unless told that it will not help.
  if (status === 409) headers['x-should-retry'] = 'false'
  if (error.kind === 'method_not_allowed' && Array.isArray(error.details?.allowed)) headers.allow = error.details.allowed.join(', ')
  // RFC 9110 §10.2.3.
  if (error.retryAfterSeconds !== undefined) headers['retry-after'] = String(Math.ceil(error.retryAfterSeconds))
  return { status, headers, body: JSON.stringify(errorBody(error, requestId)) }
}
