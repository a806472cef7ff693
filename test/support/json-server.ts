// A plain HTTP server for documents and redirects: the test says what each path answers.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface JsonServer {
  url: URL
  port: number
  seen: { path: string; headers: IncomingHttpHeaders }[]
  stop(): Promise<void>
}

export async function startJsonServer(answer: (path: string, res: ServerResponse) => void): Promise<JsonServer> {
  const seen: JsonServer['seen'] = []
  const server = createServer((req, res) => {
    seen.push({ path: req.url ?? '', headers: req.headers })
    answer(req.url ?? '', res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = (server.address() as AddressInfo).port
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    port,
    seen,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
