// Answers as HTTP responses; the one place of this door that knows what an error looks like on the wire.
import type { AppError } from '../lib/app-error.ts'
import { errorBody, errorTable } from '../lib/error-table.ts'
import type { Answer } from './route.ts'

// What a credential unlocked is nobody else's to keep.
const JSON_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' }

export const toResponse = ({ status, body }: Answer, requestId: string): Response =>
  new Response(JSON.stringify(body), { status, headers: { ...JSON_HEADERS, 'x-request-id': requestId } })

export function toErrorResponse(error: AppError, requestId: string): Response {
  const { status } = errorTable[error.kind]
  const headers: Record<string, string> = { ...JSON_HEADERS, 'x-request-id': requestId }
  // RFC 9110 §11.6.1: a 401 names the scheme that would do.
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="plugboard"'
  // Clients of the dialect repeat a 409 unless told that it will not help.
  if (status === 409) headers['x-should-retry'] = 'false'
  if (error.kind === 'method_not_allowed' && Array.isArray(error.details?.allowed)) headers.allow = error.details.allowed.join(', ')
  // RFC 9110 §10.2.3.
  if (error.retryAfterSeconds !== undefined) headers['retry-after'] = String(Math.ceil(error.retryAfterSeconds))
  return new Response(JSON.stringify(errorBody(error, requestId)), { status, headers })
}
