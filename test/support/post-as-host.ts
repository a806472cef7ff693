// A POST that names another Host than the address it goes to: what a proxy in front of a server sends. Fetch cannot.
import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

export interface HostAnswer {
  status: number | undefined
  headers: IncomingHttpHeaders
  text: string
}

export async function postAsHost(url: string, host: string, body: unknown, headers: Record<string, string> = {}): Promise<HostAnswer> {
  const bytes = Buffer.from(JSON.stringify(body))
  const sent = request(url, { method: 'POST', headers: { host, 'content-type': 'application/json', ...headers } })
  sent.end(bytes)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) }
}
