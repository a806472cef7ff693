// Takes tools out of a tools/list answer, and leaves every other byte as it is. What cannot be read cannot be judged, and a
// client that reads differently could find a list in it: such a message is an error.
import { parseMessage } from '../mcp/collect-reply.ts'
import { type MessageOffsets, MessageRefused, scanShownMessage } from '../mcp/message-scan.ts'
import { replaceAt, splice } from '../mcp/splice.ts'
import { invalidResponse } from '../mcp/upstream-error.ts'

interface NamedTool {
  name: string
}

/** `bytes`: one message, or nothing at all. `keep` chooses. @throws upstream.invalid_response */
export function filterToolList(bytes: Buffer, keep: (tools: readonly NamedTool[]) => readonly NamedTool[]): Buffer {
  // An event that only says from where to go on (MCP 2025-11-25 transports §sending messages), a nod without words.
  if (bytes.length === 0) return bytes
  const message = parseMessage(bytes)
  const offsets = offsetsIn(bytes)
  if (!message || !offsets) throw invalidResponse('something that is not a JSON-RPC message')
  const { result } = message
  const isListed = typeof result === 'object' && result !== null && 'tools' in result
  if (!isListed) return bytes
  const { tools, content } = result as { tools: unknown; content?: unknown }
  const [member, ...others] = offsets.resultMembers.filter(({ key }) => key === 'tools')
  // What a tool says itself has content (MCP schema, CallToolResult), and may have a member of that name.
  if (!Array.isArray(tools) && content !== undefined && others.length === 0) return bytes
  if (!member || others.length > 0 || !Array.isArray(tools) || !tools.every(isNamed)) throw invalidResponse('a list of tools that cannot be read')
  const kept = keep(tools)
  return kept.length === tools.length ? bytes : splice(bytes, [replaceAt(member.value, JSON.stringify(kept))])
}

function offsetsIn(bytes: Buffer): MessageOffsets | undefined {
  try {
    return scanShownMessage(bytes)
  } catch (error) {
    if (error instanceof MessageRefused) return undefined
    throw error
  }
}

const isNamed = (value: unknown): value is NamedTool => typeof value === 'object' && value !== null && typeof (value as { name?: unknown }).name === 'string'
