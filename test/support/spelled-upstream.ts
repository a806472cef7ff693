// An MCP server of 2025-11-25 whose list of tools is, to the byte, what a test says: to see what becomes of one that is wrong.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { RpcMessage } from './fixture-mcp.ts'

export interface SpelledUpstream {
  url: string
  /** The answer to `tools/list`, from the id that was sent, as JSON text. */
  spell: (id: string) => string
  /** As events of a stream. */
  asEvents: boolean
  stop(): Promise<void>
}

export async function startSpelledUpstream(): Promise<SpelledUpstream> {
  const server = createServer((request, response) => void answer(request, response))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return void response.writeHead(405).end()
    const { id, method, params } = JSON.parse(await text(request)) as RpcMessage
    if (id === undefined) return void response.writeHead(202).end()
    const body = method === 'tools/list' ? self.spell(JSON.stringify(id)) : JSON.stringify({ jsonrpc: '2.0', id, result: resultOf(method, params) })
    const isStream = self.asEvents && method === 'tools/list'
    response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json', 'mcp-session-id': 'one' })
    response.end(isStream ? `data: ${body}\n\n` : body)
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const self: SpelledUpstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    spell: (id) => `{"jsonrpc":"2.0","id":${id},"result":{"tools":[]}}`,
    asEvents: false,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  return self
}

const resultOf = (method: string | undefined, params: RpcMessage['params']): object =>
  method === 'initialize' ? { protocolVersion: params?.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'spelled', version: '1' } } : {}
