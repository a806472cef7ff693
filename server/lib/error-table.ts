// One table for three doors: what each kind of error is called in HTTP, in the REST dialect's body,
// in tRPC and in JSON-RPC (MCP 2026-07-28 basic/errors; the dialect's -32001 and -32002).
import { type AppError, type ErrorKind } from './app-error.ts'

interface ErrorRow {
  status: number
  /** The word in the dialect's `error` member. */
  word: string
  trpc: string
  jsonRpc: number
  /** Whose side it is on, for people and dashboards. */
  side: 'caller' | 'plugboard' | 'upstream'
}

export const errorTable: Readonly<Record<ErrorKind, ErrorRow>> = {
  invalid: { status: 400, word: 'validation_error', trpc: 'BAD_REQUEST', jsonRpc: -32600, side: 'caller' },
  unauthenticated: { status: 401, word: 'unauthorized', trpc: 'UNAUTHORIZED', jsonRpc: -32001, side: 'caller' },
  forbidden: { status: 403, word: 'forbidden', trpc: 'FORBIDDEN', jsonRpc: -32003, side: 'caller' },
  not_found: { status: 404, word: 'not_found', trpc: 'NOT_FOUND', jsonRpc: -32004, side: 'caller' },
  method_not_allowed: { status: 405, word: 'method_not_allowed', trpc: 'METHOD_NOT_SUPPORTED', jsonRpc: -32601, side: 'caller' },
  conflict: { status: 409, word: 'conflict', trpc: 'CONFLICT', jsonRpc: -32009, side: 'caller' },
  auth_required: { status: 401, word: 'auth_required', trpc: 'PRECONDITION_FAILED', jsonRpc: -32001, side: 'caller' },
  input_required: { status: 409, word: 'input_required', trpc: 'PRECONDITION_FAILED', jsonRpc: -32002, side: 'caller' },
  too_large: { status: 413, word: 'too_large', trpc: 'PAYLOAD_TOO_LARGE', jsonRpc: -32600, side: 'caller' },
  unsupported_media_type: { status: 415, word: 'unsupported_media_type', trpc: 'UNSUPPORTED_MEDIA_TYPE', jsonRpc: -32600, side: 'caller' },
  rate_limited: { status: 429, word: 'rate_limited', trpc: 'TOO_MANY_REQUESTS', jsonRpc: -32029, side: 'caller' },
  // RFC 5842 §7.2 named it for WebDAV; RFC 9110 leaves its use open.
  loop: { status: 508, word: 'loop_detected', trpc: 'BAD_REQUEST', jsonRpc: -32013, side: 'caller' },
  upstream: { status: 502, word: 'upstream_error', trpc: 'BAD_GATEWAY', jsonRpc: -32010, side: 'upstream' },
  timeout: { status: 504, word: 'upstream_timeout', trpc: 'GATEWAY_TIMEOUT', jsonRpc: -32011, side: 'upstream' },
  unavailable: { status: 503, word: 'unavailable', trpc: 'SERVICE_UNAVAILABLE', jsonRpc: -32012, side: 'plugboard' },
  internal: { status: 500, word: 'internal_error', trpc: 'INTERNAL_SERVER_ERROR', jsonRpc: -32603, side: 'plugboard' },
}

/** The JSON body of every failed JSON route: the dialect's word, our code, a message safe to show. */
export interface ErrorBody {
  error: string
  code: string
  message: string
  requestId: string
  details?: Record<string, unknown>
}

export const errorBody = (error: AppError, requestId: string): ErrorBody => ({
  error: errorTable[error.kind].word,
  code: error.code,
  message: error.message,
  requestId,
  ...(error.details && { details: error.details }),
})

/** A JSON-RPC error member; `data` carries what the HTTP body would. */
export const jsonRpcError = (error: AppError, requestId: string) => ({
  code: typeof error.details?.jsonRpcCode === 'number' ? error.details.jsonRpcCode : errorTable[error.kind].jsonRpc,
  message: error.message,
  data: { code: error.code, side: errorTable[error.kind].side, requestId, ...error.details, jsonRpcCode: undefined },
})
