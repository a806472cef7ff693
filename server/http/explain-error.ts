// What a page may show of an error.
import { houseErrorOf } from '../api/house-error-of.ts'
import { errorTable } from '../lib/error-table.ts'
import type { Problem } from './page-context.ts'

/** Undefined for what nobody foresaw: that is for the log, and the page fails. */
export function explainError(thrown: unknown, requestId: string): Problem | undefined {
  const error = houseErrorOf(thrown)
  if (!error || error.code === 'internal.unexpected') return undefined
  const { status, side } = errorTable[error.kind]
  const { field, upstream } = error.details ?? {}
  return {
    code: error.code,
    message: error.message,
    status,
    side,
    field: textOf(field),
    upstreamText: wordsOf(upstream),
    retryAfterSeconds: error.retryAfterSeconds,
    requestId,
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** An MCP server's `message`, or an authorization server's `error_description`. */
function wordsOf(upstream: unknown): string | undefined {
  const { message, description, error } = (upstream ?? {}) as Record<string, unknown>
  return textOf(message) ?? textOf(description) ?? textOf(error)
}
