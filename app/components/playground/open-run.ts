import { api } from '../../lib/api.ts'
import type { RunEvent } from '../../lib/tool-run.ts'
import type { ToolCall } from './tool-call.ts'

/** Calls the tool. What happens is told while it happens; an abort cancels the call at the server. */
export async function* openRun(call: ToolCall & { namespace: string }, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const startedAt = performance.now()
  const result = await api.tools.invoke.mutate(call, { signal })
  yield { type: 'result', result, durationMs: performance.now() - startedAt }
}
