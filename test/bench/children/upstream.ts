// A fast MCP server in both eras, on two paths: what it costs itself is taken away from what is measured.
// It insists on the header that the connection's credential holds, so a call without it, or with another
// connection's, is a wrong answer.
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const RESULT_CHARS = 1024
const FILLER = 'The quick brown fox jumps over the lazy dog. '.repeat(RESULT_CHARS / 40)
const STATELESS = '2026-07-28'
const SERVER_INFO = { name: 'bench-upstream', version: '1.0.0' }
const CAPABILITIES = { tools: {} }
const TOOLS = [{ name: 'echo', inputSchema: { type: 'object' } }]

interface Message {
  id?: string | number
  method?: string
  params?: { name?: string; arguments?: { nonce?: string } }
}

/** Session id to the credential that it was opened with. */
const sessions = new Map<string, string>()

const server = createServer((request, response) => {
  if (request.method !== 'POST') return void response.writeHead(request.method === 'DELETE' ? 200 : 405, { 'content-length': 0 }).end()
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const message = JSON.parse((parts.length === 1 ? parts[0]! : Buffer.concat(parts)).toString()) as Message
    if (request.url === '/stateless/mcp') answerStateless(request, response, message)
    else answerInSession(request, response, message)
  })
})

function answerInSession(request: IncomingMessage, response: ServerResponse, message: Message): void {
  const credential = String(request.headers['x-api-key'])
  const sessionId = String(request.headers['mcp-session-id'])
  if (message.method === 'initialize') {
    const given = randomUUID()
    sessions.set(given, credential)
    return send(response, message.id, { protocolVersion: '2025-11-25', capabilities: CAPABILITIES, serverInfo: SERVER_INFO }, { 'mcp-session-id': given })
  }
  const owner = sessions.get(sessionId)
  if (owner === undefined) return refuse(response, 404, message.id)
  if (owner !== credential) return refuse(response, 401, message.id)
  if (message.id === undefined) return void response.writeHead(202, { 'content-length': 0 }).end()
  // Until its caller leaves.
  if (message.params?.name === 'hang') return
  if (message.method === 'tools/call') return send(response, message.id, echo(message))
  if (message.method === 'tools/list') return send(response, message.id, { tools: TOOLS })
  refuse(response, 200, message.id)
}

function answerStateless(request: IncomingMessage, response: ServerResponse, message: Message): void {
  const { headers } = request
  if (headers['x-api-key'] === undefined) return refuse(response, 401, message.id)
  if (headers['mcp-protocol-version'] !== STATELESS || headers['mcp-method'] !== message.method) return refuse(response, 400, message.id)
  const complete = { resultType: 'complete' }
  if (message.method === 'tools/call') return send(response, message.id, { ...echo(message), ...complete })
  const listed = { ...complete, ttlMs: 0, cacheScope: 'private' }
  if (message.method === 'tools/list') return send(response, message.id, { tools: TOOLS, ...listed })
  const _meta = { 'io.modelcontextprotocol/serverInfo': SERVER_INFO }
  if (message.method === 'server/discover') return send(response, message.id, { supportedVersions: [STATELESS], capabilities: CAPABILITIES, _meta, ...listed })
  refuse(response, 404, message.id)
}

const echo = (message: Message) => ({ content: [{ type: 'text', text: `echo:${message.params?.arguments?.nonce} ${FILLER}`.slice(0, RESULT_CHARS) }] })

function send(response: ServerResponse, id: Message['id'], result: object, headers: Record<string, string> = {}): void {
  const body = JSON.stringify({ jsonrpc: '2.0', id, result })
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers }).end(body)
}

function refuse(response: ServerResponse, status: number, id: Message['id']): void {
  const body = JSON.stringify({ jsonrpc: '2.0', id: id ?? null, error: { code: -32601, message: 'Refused by the benchmark upstream' } })
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
}

// A connection that the target keeps must not be closed under it between two segments.
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', 4096, () => process.send!({ result: (server.address() as AddressInfo).port }))
process.on('disconnect', () => process.exit(0))
