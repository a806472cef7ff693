// A question to a connection's upstream that counts as a call of it.
import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { withSetupLink } from '../connections/authorization/with-setup-link.ts'
import { askUpstream, type Question } from './ask-upstream.ts'
import { recordToolCall } from './record-tool-call.ts'

export interface UpstreamCall extends Question {
  /** What usage is counted under. */
  label: string
}

/** The result member. @throws upstream.*, call.cancelled */
export async function callUpstream(context: Context, handle: ConnectionHandle, call: UpstreamCall): Promise<Record<string, unknown>> {
  const startedAtMs = performance.now()
  try {
    const result = await askUpstream(context, handle.target, call)
    recordToolCall(context, handle, { label: call.label, startedAtMs, failed: result.isError === true })
    return result
  } catch (error) {
    const failure = withSetupLink(context, handle.row, error)
    recordToolCall(context, handle, { label: call.label, startedAtMs, failed: true, code: failure.code })
    throw failure
  }
}
