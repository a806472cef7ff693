// An app that hears of connections: it keeps what arrives, says what the test wants it to say, and verifies as its author
// would, with the library that the specification comes with.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

export interface ReceivedMessage {
  id: string
  path: string
  headers: IncomingHttpHeaders
  body: string
  type: string
  data: Record<string, unknown>
}

export interface WebhookReceiver {
  /** `host:port`, for EGRESS_ALLOW. */
  host: string
  url: string
  messages: ReceivedMessage[]
  types(): string[]
  /** From now on; 204 at first. */
  answerWith(answer: (message: ReceivedMessage, res: ServerResponse) => void | Promise<void>): void
  /** The n-th message from the start, as soon as it is there. */
  arrival(n: number): Promise<ReceivedMessage>
  /** What an app does with a message. @throws what the library throws */
  verify(message: ReceivedMessage, secret: string): unknown
  stop(): Promise<void>
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const messages: ReceivedMessage[] = []
  const waiting: (() => void)[] = []
  let answer: Parameters<WebhookReceiver['answerWith']>[0] = (_message, res) => void res.writeHead(204).end()
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const said = JSON.parse(body) as { type: string; data: Record<string, unknown> }
      const message = { id: String(req.headers['webhook-id']), path: req.url ?? '', headers: req.headers, body, type: said.type, data: said.data }
      messages.push(message)
      for (const resume of waiting.splice(0)) resume()
      void answer(message, res)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/hooks`,
    messages,
    types: () => messages.map(({ type }) => type),
    answerWith: (next) => void (answer = next),
    async arrival(n) {
      while (messages.length < n) await new Promise<void>((resume) => waiting.push(resume))
      return messages[n - 1]!
    },
    verify: ({ body, headers }, secret) => new Webhook(secret).verify(body, headers as Record<string, string>),
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
