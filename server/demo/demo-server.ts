// The demo MCP server of a laptop: something real to call before anything is configured, offline. It
// is built on the MCP SDK like any other server and is an upstream like any other; the SDK is loaded
// with the first request, so that starting stays quick.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface DemoServer {
  url: string
  close(): void
}

/** On loopback. `port` 0 picks a free one. */
export async function startDemoServer(port: number): Promise<DemoServer> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await listen(server, port)
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${bound}/mcp`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  // DNS rebinding: a page in the developer's browser must not reach this through a name of its own.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '') || request.headers.origin !== undefined) {
    response.writeHead(403).end()
    return
  }
  if (request.method !== 'POST') {
    response.writeHead(405, { allow: 'POST' }).end()
    return
  }
  const { answerDemoRequest } = await import('./demo-tools.ts')
  await answerDemoRequest(request, response)
}
