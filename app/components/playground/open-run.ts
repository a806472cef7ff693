import { api } from '../../lib/api.ts'
import type { RunEvent } from '../../lib/tool-run.ts'
import type { ToolCall } from './tool-call.ts'

/** Calls the tool. What happens is told while it happens; an abort cancels the call at the server. */
export const openRun = (call: ToolCall & { namespace: string }, signal: AbortSignal): Promise<AsyncIterable<RunEvent>> =>
  api.tools.stream.mutate(call, { signal })
