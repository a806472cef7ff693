import { z } from 'zod'
import { requireHandle, type ConnectionName } from '../connections/find-handle.ts'
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

/** Sent once, never repeated: tools may act. @throws connection.not_found, upstream.* */
export async function callTool(context: Context, input: CallToolInput): Promise<CallToolResult> {
  const handle = await requireHandle(context, input, 'execute')
  const result = await callUpstream(context, handle, {
    method: 'tools/call',
    params: { name: input.tool, arguments: input.arguments },
    label: input.tool,
    signal: input.signal,
  })
  return result as CallToolResult
}
