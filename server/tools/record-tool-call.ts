import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { principalOf } from '../policy/actor.ts'

interface EndedCall {
  label: string
  startedAtMs: number
  failed: boolean
  code?: string
}

/** Counts a call that is over. */
export function recordToolCall(context: Context, { row }: ConnectionHandle, { label, startedAtMs, failed, code }: EndedCall): void {
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
