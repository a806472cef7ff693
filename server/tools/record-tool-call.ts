import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { principalOf } from '../policy/actor.ts'
import type { CallSpan } from '../telemetry/telemetry.ts'

interface EndedCall {
  label: string
  startedAtMs: number
  failed: boolean
  code?: string
  span: CallSpan | undefined
}

/** Counts a call that is over, and ends its span. */
export function recordToolCall(context: Context, { row }: ConnectionHandle, { label, startedAtMs, failed, code, span }: EndedCall): void {
  // The conventions have a name for what a tool says of itself.
  span?.end(failed ? (code ?? 'tool_error') : undefined)
  context.usage.recordCall({
    connectionUid: row.uid,
    namespace: row.namespace,
    tool: label,
    durationMs: performance.now() - startedAtMs,
    failed,
    code,
    principal: principalOf(context.actor),
    requestId: context.requestId,
  })
}
