// W3C Trace Context in MCP messages: `traceparent` and `tracestate` in a request's `_meta` (SEP-414), and in the headers of the request
// that carries it, for servers that look there. Only where traces are collected; otherwise what callers send passes as it is.
import type { TraceContext } from '../telemetry/telemetry.ts'
import { editMeta } from './edit-meta.ts'
import type { ScannedMessage } from './message-scan.ts'
import { splice } from './splice.ts'

const TRACE_KEYS: ReadonlySet<string> = new Set(['traceparent', 'tracestate'])

export const isTraceKey = (key: string): boolean => TRACE_KEYS.has(key)

/** JSON text of the members of `_meta`. */
export const traceMembers = (trace: TraceContext): string => JSON.stringify(traceHeaders(trace)).slice(1, -1)

export const traceHeaders = ({ traceparent, tracestate }: TraceContext): Record<string, string> => ({
  traceparent,
  ...(tracestate !== undefined && { tracestate }),
})

/** As the caller wrote it; empty for what is no text. */
export function readTrace({ params }: ScannedMessage): Partial<TraceContext> {
  const { traceparent, tracestate } = (params?._meta ?? {}) as Record<string, unknown>
  return { ...(typeof traceparent === 'string' && { traceparent }), ...(typeof tracestate === 'string' && { tracestate }) }
}

/** The bytes of a request that goes on as it came but for its trace. */
export const carryTrace = ({ bytes, offsets }: ScannedMessage, trace: TraceContext): Buffer =>
  splice(bytes, [editMeta(bytes, offsets, { add: traceMembers(trace), drops: isTraceKey })])
