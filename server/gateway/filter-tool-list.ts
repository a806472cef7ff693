// Takes tools out of a tools/list answer, and leaves every other byte as it is.
import { parseMessage } from '../mcp/collect-reply.ts'
import { MessageRefused, scanUpstreamMessage } from '../mcp/message-scan.ts'
import { splice } from '../mcp/splice.ts'
import { invalidResponse } from '../mcp/upstream-error.ts'

interface NamedTool {
  name: string
}

/** `bytes`: one message. `keep` chooses. @throws upstream.invalid_response for a list that two readers could read differently */
export function filterToolList(bytes: Buffer, keep: (tools: readonly NamedTool[]) => readonly NamedTool[]): Buffer {
  const result = parseMessage(bytes)?.result
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return bytes
  const { tools } = result as { tools?: unknown }
  // A tool's own result may have a member of that name.
  if (!Array.isArray(tools)) return bytes
  const members = resultMembersOf(bytes).filter(({ key }) => key === 'tools')
  const [member, ...others] = members
  if (!member || others.length > 0 || !tools.every(isNamed)) throw invalidResponse('a list of tools that cannot be read')
  const kept = keep(tools)
  return kept.length === tools.length ? bytes : splice(bytes, [{ ...member.value, text: JSON.stringify(kept) }])
}

function resultMembersOf(bytes: Buffer) {
  try {
    return scanUpstreamMessage(bytes).resultMembers
  } catch (error) {
    if (error instanceof MessageRefused) throw invalidResponse('something that is not a JSON-RPC message', error)
    throw error
  }
}

const isNamed = (value: unknown): value is NamedTool => typeof value === 'object' && value !== null && typeof (value as { name?: unknown }).name === 'string'
