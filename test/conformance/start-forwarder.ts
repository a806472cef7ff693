// The suite cannot send an Authorization header, and Plugboard takes no key from a URL. So the suite talks to this: it adds
// the header and passes everything else on as it came, byte by byte, the bad Host and Origin of the rebinding scenario included.
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Forwarder {
  url: string
  close(): Promise<void>
}

/** Starts a forwarder to one address; without a key it is a plain transparent proxy. */
export async function startForwarder(target: URL, key?: string): Promise<Forwarder> {
  function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { hostname, port, pathname: path } = target
    const headers = key === undefined ? incoming.rawHeaders : [...incoming.rawHeaders, 'Authorization', `Bearer ${key}`]
    const upstream = request({ hostname, port, path, method: incoming.method, headers, setHost: false })
    upstream.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders)
      outgoing.flushHeaders()
      answer.pipe(outgoing)
      // A stream that breaks off must break off for the suite too, not end politely.
      answer.on('close', () => answer.complete || outgoing.destroy())
    })
    upstream.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()))
    outgoing.on('close', () => upstream.destroy())
    incoming.pipe(upstream)
  }

  const server = createServer(forward)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/mcp`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
