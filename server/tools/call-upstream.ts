// A question to a connection's upstream that counts as a call of it.
import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { explainCallFailure } from '../connections/explain-call-failure.ts'
import { askUpstream, type Question } from './ask-upstream.ts'
import { recordToolCall } from './record-tool-call.ts'
import { startCallSpan } from './start-call-span.ts'

export interface UpstreamCall extends Question {
  /** What usage is counted under. */
  label: string
}

/** The result member. @throws upstream.*, call.cancelled */
export async function callUpstream(context: Context, handle: ConnectionHandle, call: UpstreamCall): Promise<Record<string, unknown>> {
  const startedAtMs = performance.now()
  const span = startCallSpan(context, handle, call.method, call.params)
  try {
    const result = await askUpstream(context, handle.target, { ...call, trace: span?.trace })
    recordToolCall(context, handle, { label: call.label, span, startedAtMs, failed: result.isError === true })
    return result
  } catch (error) {
    const failure = explainCallFailure(context, handle.row, error)
    recordToolCall(context, handle, { label: call.label, span, startedAtMs, failed: true, code: failure.code })
    throw failure
  }
}
