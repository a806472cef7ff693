// What of a caller's request may reach an upstream: an allow list. The caller's Authorization, Cookie,
// Origin and addresses are between the caller and us.
import type { IncomingHttpHeaders } from 'node:http'

const FORWARDED = ['accept', 'mcp-protocol-version', 'mcp-method', 'mcp-name', 'last-event-id', 'traceparent'] as const
const PARAM_PREFIX = 'mcp-param-'
const MAX_VALUE = 8192

export function forwardHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const forwarded: Record<string, string> = {}
  for (const name of FORWARDED) {
    const value = headers[name]
    if (typeof value === 'string' && value.length <= MAX_VALUE) forwarded[name] = value
  }
  for (const name in headers) {
    const value = headers[name]
    if (name.startsWith(PARAM_PREFIX) && typeof value === 'string' && value.length <= MAX_VALUE) forwarded[name] = value
  }
  return forwarded
}

/** For a caller whose messages are judged: what repeats the message comes from the message, not from the caller. */
export function limitedHeaders(headers: IncomingHttpHeaders, routing: Readonly<Record<string, string>>): Record<string, string> {
  const allowed = Object.entries(forwardHeaders(headers)).filter(([name]) => !name.startsWith('mcp-') || name === 'mcp-protocol-version')
  return { ...Object.fromEntries(allowed), ...routing }
}
