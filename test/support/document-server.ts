// Where MCP clients describe themselves: https://mcp.example, served from here, with a certificate that Plugboard trusts in the test.
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { StartOptions } from './start-plugboard.ts'
import { TEST_CERTIFICATE, TEST_CERTIFICATE_KEY } from './tls-certificate.ts'

export interface ServedDocument {
  status?: number
  headers?: Record<string, string>
  /** Sent as JSON; a string as it is. */
  body: unknown
}

export interface DocumentServer {
  /** By path: what is served there from now on. */
  serve(path: string, document: ServedDocument): void
  /** Paths that were asked for, in order. */
  asked: string[]
  /** For a Plugboard that shall find it: a name that leads here. */
  environment: { EGRESS_HOSTS: string }
  /** The same for one in this process, which trusts the certificate then. */
  options: StartOptions
  stop(): Promise<void>
}

export const DOCUMENT_ORIGIN = 'https://mcp.example'

export async function startDocumentServer(): Promise<DocumentServer> {
  const documents = new Map<string, ServedDocument>()
  const asked: string[] = []
  const server = createServer({ cert: TEST_CERTIFICATE, key: TEST_CERTIFICATE_KEY }, ({ url = '' }, response) => {
    asked.push(url)
    const { status = 200, headers, body } = documents.get(url) ?? { status: 404, body: {} }
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const environment = { EGRESS_HOSTS: `mcp.example=127.0.0.1:${(server.address() as AddressInfo).port}` }
  return {
    serve: (path, document) => void documents.set(path, document),
    asked,
    environment,
    options: { environment, extraAuthority: TEST_CERTIFICATE },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
