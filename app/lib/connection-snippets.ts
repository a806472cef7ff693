// How to call one connection from outside. The key is never in them: it stays in the shell's environment.
import { callSnippets, connectionUrl, listToolsSnippet, type Snippet } from './first-call-snippets.ts'

interface Connection {
  namespace: string
  connectionId: string
  /** One that it has; undefined if none is known yet. */
  tool: string | undefined
}

export function connectionSnippets(publicUrl: string, { namespace, connectionId, tool }: Connection): Snippet[] {
  const url = connectionUrl(publicUrl, { namespace, connectionId })
  const calls = callSnippets(publicUrl, { namespace, connectionId, tool: tool ?? 'a-tool', arguments: {} })
  const server = { type: 'http', url: `${url}/mcp`, headers: { Authorization: 'Bearer ${PLUGBOARD_KEY}' } }
  const list = `# Its tools\n${listToolsSnippet(publicUrl, { namespace, connectionId })}`
  return [
    ...calls.map((call) => (call.id === 'curl' ? { ...call, code: `${list}\n\n# One of them\n${call.code}` } : call)),
    { id: 'mcp', label: 'MCP client', code: JSON.stringify({ mcpServers: { [connectionId]: server } }, null, 2) },
  ]
}
