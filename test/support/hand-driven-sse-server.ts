// An MCP server of revision 2024-11-05 (HTTP+SSE) whose stream the test itself writes.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGate } from './gate.ts'
import type { RpcMessage } from './fixture-mcp.ts'

export interface HandDrivenStream {
  /** All of them in one chunk. */
  say(...messages: object[]): void
  /** Resolves when the client has let go of it. */
  closed: Promise<void>
}

export interface HandDrivenSseServer {
  url: string
  /** Every stream that was opened, in order. */
  streams: HandDrivenStream[]
  /** Called for every message but `initialize`; by default answers all with `{}`. */
  onMessage: (message: RpcMessage, stream: HandDrivenStream) => void
  /** What the next streams wait for before they name their endpoint. */
  beforeEndpoint: Promise<void>
  stop(): Promise<void>
}

export async function startHandDrivenSseServer(): Promise<HandDrivenSseServer> {
  const server = createServer((request, response) => {
    const place = new URL(request.url!, 'http://upstream')
    if (place.pathname === '/sse' && request.method === 'GET') return void openStream(response)
    if (place.pathname !== '/messages') return void response.writeHead(405).end()
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      response.writeHead(202).end()
      answer(JSON.parse(body) as RpcMessage, self.streams[Number(place.searchParams.get('stream'))]!)
    })
  })

  async function openStream(response: ServerResponse): Promise<void> {
    const over = createGate()
    response.once('close', over.open)
    const say = (...messages: object[]) => void response.write(messages.map((message) => `data: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`).join(''))
    const index = self.streams.push({ say, closed: over.opened }) - 1
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    await self.beforeEndpoint
    response.write(`event: endpoint\ndata: /messages?stream=${index}\n\n`)
  }

  function answer(message: RpcMessage, stream: HandDrivenStream): void {
    const identity = { protocolVersion: '2024-11-05', capabilities: {}, serverInfo: { name: 'hand-driven', version: '1' } }
    if (message.method === 'initialize') stream.say({ id: message.id, result: identity })
    else if (message.id !== undefined) self.onMessage(message, stream)
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const self: HandDrivenSseServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sse`,
    streams: [],
    onMessage: (message, stream) => stream.say({ id: message.id, result: {} }),
    beforeEndpoint: Promise.resolve(),
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  return self
}
