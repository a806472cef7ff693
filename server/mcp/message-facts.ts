import { findMethod } from '../policy/mcp-methods.ts'
import type { SpanFacts } from '../telemetry/span-facts.ts'

/** What a trace says of a request: names alone, and of methods those of the protocol. */
export function messageFacts(method: string, params: Record<string, unknown> | undefined): SpanFacts {
  if (!findMethod(method)) return { mcpMethod: 'unknown method' }
  const name = params?.name
  if (typeof name !== 'string') return { mcpMethod: method }
  if (method === 'tools/call') return { mcpMethod: method, tool: name }
  return method === 'prompts/get' ? { mcpMethod: method, prompt: name } : { mcpMethod: method }
}
