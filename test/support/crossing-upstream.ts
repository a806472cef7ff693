// An MCP server that gets everybody mixed up as far as the protocol lets it: it collects calls, then answers
// all of them in the opposite order, each between messages that belong to others.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Call {
  id: unknown
  text: unknown
  progressToken: unknown
  response: ServerResponse
}

export interface CrossingUpstream {
  url: string
  /** How many sessions were opened. */
  sessions(): number
  stop(): Promise<void>
}

/** Answers when `together` calls are waiting. `sse: false` cannot carry progress or strangers. */
export async function startCrossingUpstream({ sse, together }: { sse: boolean; together: number }): Promise<CrossingUpstream> {
  let waiting: Call[] = []
  let sessions = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const message = chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, never>)
    const { id, method, params } = message as {
      id?: unknown
      method?: string
      params?: { arguments?: { text?: unknown }; _meta?: { progressToken?: unknown } }
    }
    if (method === 'initialize') {
      sessions += 1
      const result = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'crossing', version: '1' } }
      response
        .writeHead(200, { 'content-type': 'application/json', 'mcp-session-id': `session-${sessions}` })
        .end(JSON.stringify({ jsonrpc: '2.0', id, result }))
    } else if (method === 'tools/call') {
      waiting.push({ id, text: params?.arguments?.text, progressToken: params?._meta?.progressToken, response })
      if (waiting.length === together) release()
    } else if (id === undefined) response.writeHead(202).end()
    else
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } }))
  }

  function release(): void {
    const calls = waiting.toReversed()
    waiting = []
    const answerTo = ({ id, text }: Call) => ({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text }] } })
    const progressOf = ({ progressToken, text }: Call) => ({
      jsonrpc: '2.0',
      method: 'notifications/progress',
      params: { progressToken, progress: 1, message: text },
    })
    calls.forEach((call, index) => {
      if (!sse) return void call.response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answerTo(call)))
      const other = calls[(index + 1) % calls.length]!
      const messages = [
        progressOf(other),
        answerTo(other),
        progressOf(call),
        { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: other.text } },
        answerTo(call),
      ]
      call.response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .end(messages.map((message) => `data: ${JSON.stringify(message)}\n\n`).join(''))
    })
  }

  const server = createServer(
    (request, response) => void answer(request, response).catch((error: unknown) => response.destroy(error as Error))
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    sessions: () => sessions,
    async stop() {
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeAllConnections()
      await closed
    },
  }
}
