// What the fixture upstream says when it behaves: a message in, an outcome out, for the session era
// (MCP 2025-11-25 lifecycle) and the stateless one (MCP 2026-07-28). No HTTP here.
import type { IncomingHttpHeaders } from 'node:http'
import type { FixtureTool } from './fixture-knobs.ts'

export interface RpcMessage {
  jsonrpc: '2.0'
  id?: string | number
  method?: string
  params?: Record<string, unknown> & { _meta?: Record<string, unknown> }
  result?: unknown
  error?: { code: number; message: string; data?: unknown }
}

export interface RpcOutcome {
  status: number
  /** Sent before the answer if it is an event stream. */
  before: RpcMessage[]
  answer: RpcMessage
  /** The tool `slow` answers when the caller has left and not before. */
  never: boolean
}

const STATELESS_VERSION = '2026-07-28'
const SESSION_VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05']
const VERSION_KEY = 'io.modelcontextprotocol/protocolVersion'
const SERVER_INFO = { name: 'fixture-upstream', version: '1.0.0', title: 'Fixture upstream' }
const CAPABILITIES = { tools: { listChanged: true } }

const tool = (name: string, properties: Record<string, unknown> = {}, readOnlyHint = true): FixtureTool => ({
  name,
  description: `The fixture's ${name}`,
  inputSchema: { type: 'object', properties },
  annotations: { readOnlyHint },
})

/** `echo` its text, `headers` as received, `progress` in steps, `slow` for ever, `fail` with isError. */
export const FIXTURE_TOOLS: readonly FixtureTool[] = [
  tool('echo', { text: { type: 'string' } }),
  tool('headers'),
  tool('progress', { steps: { type: 'integer' } }),
  tool('slow'),
  tool('fail', { text: { type: 'string' } }, false),
]

/** The revision a message claims: the header, or the envelope of 2026-07-28 in `_meta`. */
export const isStateless = (message: RpcMessage, headers: IncomingHttpHeaders): boolean =>
  headers['mcp-protocol-version'] === STATELESS_VERSION || message.params?._meta?.[VERSION_KEY] !== undefined

export const rpcError = (id: RpcMessage['id'], code: number, text: string, data?: unknown): RpcMessage => ({
  jsonrpc: '2.0',
  ...(id !== undefined && { id }),
  error: { code, message: text, ...(data !== undefined && { data }) },
})

/** Why a message of the stateless revision is refused, or undefined (MCP 2026-07-28 streamable HTTP, header rules). */
export function checkEnvelope(message: RpcMessage, headers: IncomingHttpHeaders): RpcMessage | undefined {
  const version = message.params?._meta?.[VERSION_KEY]
  if (version === undefined) return rpcError(message.id, -32602, `params._meta lacks ${VERSION_KEY}`)
  if (headers['mcp-protocol-version'] !== version) return rpcError(message.id, -32020, 'MCP-Protocol-Version and the envelope disagree')
  if (version !== STATELESS_VERSION) {
    return rpcError(message.id, -32022, `Unsupported protocol version: ${String(version)}`, { supported: [STATELESS_VERSION], requested: version })
  }
  if (headers['mcp-method'] !== message.method) return rpcError(message.id, -32020, 'Mcp-Method and the body disagree')
  if (message.method === 'tools/call' && headers['mcp-name'] !== message.params?.name) {
    return rpcError(message.id, -32020, 'Mcp-Name and the body disagree')
  }
  return undefined
}

/** The refusal of a server that speaks 2026-07-28 only to a message without the envelope. */
export const refuseSessionEra = (message: RpcMessage): RpcMessage =>
  rpcError(message.id, -32022, 'Unsupported protocol version', { supported: [STATELESS_VERSION], requested: null })

/** The answer to one request. `received` is what the tool `headers` repeats. */
export function answerRequest(message: RpcMessage, received: IncomingHttpHeaders, stateless: boolean, tools: readonly FixtureTool[]): RpcOutcome {
  const outcome = (result: object, more: Partial<RpcOutcome> = {}): RpcOutcome => ({
    status: 200,
    before: [],
    never: false,
    answer: { jsonrpc: '2.0', id: message.id!, result: stateless ? { ...result, resultType: 'complete', _meta: { 'io.modelcontextprotocol/serverInfo': SERVER_INFO } } : result },
    ...more,
  })
  const refuse = (code: number, text: string): RpcOutcome => ({
    status: stateless && code === -32601 ? 404 : 200,
    before: [],
    never: false,
    answer: rpcError(message.id, code, text),
  })
  const cacheable = stateless ? { ttlMs: 0, cacheScope: 'private' } : {}

  switch (message.method) {
    case 'tools/list':
      return outcome({ tools, ...cacheable })
    case 'tools/call':
      return callTool(message, received, outcome, refuse)
    case 'server/discover':
      return stateless ? outcome({ supportedVersions: [STATELESS_VERSION], capabilities: CAPABILITIES, ...cacheable }) : refuse(-32601, 'Method not found')
    case 'initialize':
      return stateless ? refuse(-32601, 'Method not found') : outcome(initializeResult(message))
    case 'ping':
      return stateless ? refuse(-32601, 'Method not found') : outcome({})
    default:
      return refuse(-32601, 'Method not found')
  }
}

function initializeResult(message: RpcMessage) {
  const wanted = message.params?.protocolVersion
  const protocolVersion = typeof wanted === 'string' && SESSION_VERSIONS.includes(wanted) ? wanted : SESSION_VERSIONS[0]
  return { protocolVersion, capabilities: CAPABILITIES, serverInfo: SERVER_INFO }
}

function callTool(
  message: RpcMessage,
  received: IncomingHttpHeaders,
  outcome: (result: object, more?: Partial<RpcOutcome>) => RpcOutcome,
  refuse: (code: number, text: string) => RpcOutcome,
): RpcOutcome {
  const input = (message.params?.arguments ?? {}) as Record<string, unknown>
  const text = (value: string) => ({ content: [{ type: 'text', text: value }] })
  switch (message.params?.name) {
    case 'echo':
      return outcome(text(String(input.text ?? '')))
    case 'headers':
      return outcome(text(JSON.stringify(received)))
    case 'progress':
      return outcome(text('done'), { before: progressOf(message, Number(input.steps ?? 3)) })
    case 'slow':
      return outcome(text('you waited'), { never: true })
    case 'fail':
      return outcome({ ...text(String(input.text ?? 'it failed')), isError: true })
    default:
      return refuse(-32602, 'Unknown tool')
  }
}

function progressOf(message: RpcMessage, steps: number): RpcMessage[] {
  const progressToken = message.params?._meta?.progressToken
  if (progressToken === undefined) return []
  return Array.from({ length: steps }, (_, index) => ({
    jsonrpc: '2.0',
    method: 'notifications/progress',
    params: { progressToken, progress: index + 1, total: steps },
  }))
}
