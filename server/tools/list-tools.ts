import type { Context } from '../context/context.ts'
import { requireHandle, type ConnectionName } from '../connections/find-handle.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import { invalidResponse } from '../mcp/upstream-error.ts'
import { callUpstream } from './call-upstream.ts'
import { noteTools } from './note-tools.ts'
import type { Tool } from './tool.ts'

const MAX_PAGES = 50
const MAX_TOOLS = 10_000

/** All pages. @throws connection.not_found, upstream.* */
export async function listTools(context: Context, input: ConnectionName & { signal?: CallerSignal | undefined }): Promise<{ tools: Tool[] }> {
  const handle = await requireHandle(context, input, 'execute')
  const tools: Tool[] = []
  let cursor: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const params = cursor === undefined ? {} : { cursor }
    const result = await callUpstream(context, handle, { method: 'tools/list', params, label: 'tools/list', signal: input.signal })
    if (!Array.isArray(result.tools) || !result.tools.every(isTool)) throw invalidResponse('a tools/list result without tools')
    tools.push(...result.tools)
    if (typeof result.nextCursor !== 'string' || result.nextCursor === '') {
      await noteTools(context, handle, tools)
      return { tools }
    }
    if (tools.length > MAX_TOOLS) break
    cursor = result.nextCursor
  }
  throw invalidResponse('more pages of tools than there can be')
}

const isTool = (value: unknown): value is Tool => typeof value === 'object' && value !== null && typeof (value as { name?: unknown }).name === 'string'
