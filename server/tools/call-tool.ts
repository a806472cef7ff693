import { z } from 'zod'
import type { ConnectionName } from '../connections/find-handle.ts'
import { requireCall } from '../connections/require-call.ts'
import type { Context } from '../context/context.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import { callUpstream } from './call-upstream.ts'

/** MCP CallToolResult, as the upstream gave it. */
export const callToolResult = z.looseObject({
  content: z.array(z.looseObject({ type: z.string() })).optional(),
  structuredContent: z.json().optional(),
  isError: z.boolean().optional(),
})
export type CallToolResult = z.infer<typeof callToolResult>

export interface CallToolInput extends ConnectionName {
  tool: string
  arguments: Record<string, unknown>
  signal?: CallerSignal | undefined
}

/** Sent once, never repeated: tools may act. @throws connection.not_found, policy.call_forbidden, policy.budget_spent, upstream.* */
export async function callTool(context: Context, input: CallToolInput): Promise<CallToolResult> {
  const call = { method: 'tools/call', params: { name: input.tool, arguments: input.arguments } }
  const handle = await requireCall(context, input, call)
  const result = await callUpstream(context, handle, { ...call, label: input.tool, signal: input.signal })
  return result as CallToolResult
}
