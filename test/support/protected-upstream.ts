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
  /** What a token needs for `tools/call`; `always` is for a server that is not content when it has it, either. */
  setCallScope(scope: string, options?: { always: boolean }): void
  close(): Promise<void>
}

export async function startProtectedUpstream(authorization: Pick<OAuthProvider, 'issuer' | 'introspect'>): Promise<ProtectedUpstream> {
  const demo: DemoServer = await startDemoServer(0)
  const tokens: string[] = []
  let url = ''
  let callScope: string | undefined
  let refusesAlways = false
  const server = createServer((request, response) => {
    // Plugboard's clock stands where the test put it; this server has none (RFC 9110 §6.6.1).
    response.sendDate = false
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
    const body = Buffer.concat(await request.toArray())
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (token !== undefined) tokens.push(token)
    const grant = token === undefined ? undefined : await authorization.introspect(token, url)
    if (grant && callScope !== undefined && body.includes('"tools/call"') && (refusesAlways || !grant.scope.split(' ').includes(callScope))) {
      const challenge = `Bearer error="insufficient_scope", scope="${callScope}", resource_metadata="${origin}${metadata}"`
      response.writeHead(403, { 'www-authenticate': challenge }).end()
      return
    }
    if (!grant) {
      response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${origin}${metadata}", scope="mcp:read"` }).end()
      return
    }
    await relay(demo.url, request, body, response)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`
  return {
    url,
    tokens,
    setCallScope(scope, { always } = { always: false }) {
      callScope = scope
      refusesAlways = always
    },
    async close() {
      demo.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function relay(to: string, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
  const { host: _host, connection: _connection, 'content-length': _length, authorization: _token, ...headers } = request.headers
  const answer = await fetch(to, {
    method: request.method ?? 'POST',
    headers: headers as Record<string, string>,
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  })
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
  response.end(Buffer.from(await answer.arrayBuffer()))
}
