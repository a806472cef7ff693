import type { Context } from '../context/context.ts'
import type { ConnectionName } from '../connections/find-handle.ts'
import { requireCall } from '../connections/require-call.ts'
import { toolsFor } from '../connections/tools-for.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import { callUpstream } from './call-upstream.ts'
import { collectTools } from './collect-tools.ts'
import { noteTools } from './note-tools.ts'
import type { Tool } from './tool.ts'

/** All pages, as far as this actor may call what is on them. @throws connection.not_found, upstream.* */
export async function listTools(context: Context, input: ConnectionName & { signal?: CallerSignal | undefined }): Promise<{ tools: Tool[] }> {
  const handle = await requireCall(context, input, { method: 'tools/list' })
  const tools = await collectTools((params) => callUpstream(context, handle, { method: 'tools/list', params, label: 'tools/list', signal: input.signal }))
  await noteTools(context, handle, tools)
  return { tools: await toolsFor(context, handle.row, tools) }
}
