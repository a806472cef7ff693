import type { Context } from '../context/context.ts'
import { requireHandle, type ConnectionName } from '../connections/find-handle.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import { callUpstream } from './call-upstream.ts'
import { collectTools } from './collect-tools.ts'
import { noteTools } from './note-tools.ts'
import type { Tool } from './tool.ts'

/** All pages. @throws connection.not_found, upstream.* */
export async function listTools(context: Context, input: ConnectionName & { signal?: CallerSignal | undefined }): Promise<{ tools: Tool[] }> {
  const handle = await requireHandle(context, input, 'execute')
  const tools = await collectTools((params) => callUpstream(context, handle, { method: 'tools/list', params, label: 'tools/list', signal: input.signal }))
  await noteTools(context, handle, tools)
  return { tools }
}
