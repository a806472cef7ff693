import { invalidResponse } from '../mcp/upstream-error.ts'
import type { Tool } from './tool.ts'

const MAX_PAGES = 50
const MAX_TOOLS = 10_000

type AskForPage = (params: { cursor?: string }) => Promise<Record<string, unknown>>

/** All pages of tools/list. @throws upstream.* */
export async function collectTools(askForPage: AskForPage): Promise<Tool[]> {
  const tools: Tool[] = []
  let cursor: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const result = await askForPage(cursor === undefined ? {} : { cursor })
    if (!Array.isArray(result.tools) || !result.tools.every(isTool)) throw invalidResponse('a tools/list result without tools')
    tools.push(...result.tools)
    if (typeof result.nextCursor !== 'string' || result.nextCursor === '') return tools
    if (tools.length > MAX_TOOLS) break
    cursor = result.nextCursor
  }
  throw invalidResponse('more pages of tools than there can be')
}

const isTool = (value: unknown): value is Tool => typeof value === 'object' && value !== null && typeof (value as { name?: unknown }).name === 'string'
