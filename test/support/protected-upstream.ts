// An MCP server behind OAuth: protected resource metadata, a 401 that names it, and tools only for tokens that its
// authorization server knows. The server itself is the demo, spoken to by a plain relay.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type DemoServer, startDemoServer } from '../../server/demo/demo-server.ts'
import type { OAuthProvider } from './oauth-provider.ts'

export interface ProtectedUpstream {
  url: string
  /** Tokens it was shown, in order. */
  tokens: string[]
  close(): Promise<void>
}

export async function startProtectedUpstream(authorization: Pick<OAuthProvider, 'issuer' | 'introspect'>): Promise<ProtectedUpstream> {
  const demo: DemoServer = await startDemoServer(0)
  const tokens: string[] = []
  let url = ''
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin, pathname } = new URL(url)
    const metadata = `/.well-known/oauth-protected-resource${pathname}`
    if (request.url === metadata) {
      const document = { resource: url, authorization_servers: [authorization.issuer], scopes_supported: ['mcp:read', 'mcp:write'] }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document))
      return
    }
    if (request.url !== pathname) return void response.writeHead(404).end()
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (token !== undefined) tokens.push(token)
    if (token === undefined || !(await authorization.introspect(token, url))) {
      response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${origin}${metadata}", scope="mcp:read"` }).end()
      return
    }
    await relay(demo.url, request, response)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`
  return {
    url,
    tokens,
    async close() {
      demo.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function relay(to: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { host: _host, connection: _connection, 'content-length': _length, authorization: _token, ...headers } = request.headers
  const answer = await fetch(to, {
    method: request.method ?? 'POST',
    headers: headers as Record<string, string>,
    ...(chunks.length > 0 && { body: new Uint8Array(Buffer.concat(chunks)) }),
  })
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
  response.end(Buffer.from(await answer.arrayBuffer()))
}
