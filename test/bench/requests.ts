// The same tool call as every contender wants it: 270 bytes of arguments and envelope, answered with 1 KB.
import { CONNECTION_GAP, NONCE_GAP } from './children/request-template.ts'

const ARGUMENTS = {
  nonce: NONCE_GAP,
  query: 'status:open label:bug updated in the last week',
  limit: 20,
  filters: { status: 'open', labels: ['bug', 'p1'], updatedAfter: '2026-01-01T00:00:00Z' },
}
const CALL = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'echo', arguments: ARGUMENTS } }
const STATELESS = '2026-07-28'
const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': STATELESS,
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
}
const MCP_ACCEPT = { accept: 'application/json, text/event-stream' }

function post(path: string, headers: Record<string, string>, body: object): string {
  const text = JSON.stringify(body)
  const lines = Object.entries({ host: '127.0.0.1', 'content-type': 'application/json', ...headers, 'content-length': Buffer.byteLength(text) })
  return `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`
}

/** To the upstream itself, or through the bare proxy: with the credential and the session that Plugboard would add. */
export const sessionRequest = (credential: string, sessionId: string): string =>
  post('/session/mcp', { ...MCP_ACCEPT, 'x-api-key': credential, 'mcp-session-id': sessionId, 'mcp-protocol-version': '2025-11-25' }, CALL)

export const statelessRequest = (credential: string): string =>
  post(
    '/stateless/mcp',
    { ...MCP_ACCEPT, 'x-api-key': credential, 'mcp-protocol-version': STATELESS, 'mcp-method': 'tools/call', 'mcp-name': 'echo' },
    { ...CALL, params: { ...CALL.params, _meta: ENVELOPE } },
  )

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

export const gatewayRequest = (key: string, connectionId: string = CONNECTION_GAP, { namespace = 'demo', tool = 'echo' } = {}): string =>
  post(
    `/connect/${namespace}/${connectionId}/mcp`,
    { ...MCP_ACCEPT, ...bearer(key), 'mcp-session-id': 'smithery-stateless' },
    { ...CALL, params: { ...CALL.params, name: tool } },
  )

export const restRequest = (key: string, connectionId: string): string => post(`/connect/demo/${connectionId}/.tools/echo`, bearer(key), ARGUMENTS)

export const trpcRequest = (key: string, connectionId: string): string =>
  post('/trpc/tools.invoke', bearer(key), { namespace: 'demo', connectionId, tool: 'echo', arguments: ARGUMENTS })
