// A question to a connection's upstream that counts as a call of it.
import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { askUpstream, type Question } from './ask-upstream.ts'

export interface UpstreamCall extends Question {
  /** What usage is counted under. */
  label: string
}

/** The result member. @throws upstream.*, call.cancelled */
export async function callUpstream(context: Context, handle: ConnectionHandle, call: UpstreamCall): Promise<Record<string, unknown>> {
  const startedAtMs = performance.now()
  let failed = true
  try {
    const result = await askUpstream(context, handle.target, call)
    failed = result.isError === true
    return result
  } finally {
    context.usage.recordCall({ connectionUid: handle.row.uid, tool: call.label, durationMs: performance.now() - startedAtMs, failed })
  }
}
