// A session of one's own, spoken by hand: for tests about headers, ids and events that clients hide.
import { CLIENT, type Endpoint } from './mcp-clients.ts'
import type { RpcReply } from './mcp-post.ts'

export interface WireSession {
  id: string
  post(message: object, headers?: Record<string, string>): Promise<Response>
  get(headers?: Record<string, string>): Promise<Response>
  end(): Promise<Response>
}

export async function openSession({ url, key }: Endpoint, capabilities: object = {}): Promise<WireSession> {
  const common: Record<string, string> = { ...(key !== undefined && { authorization: `Bearer ${key}` }) }
  const post = (message: object, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...common, ...headers },
      body: JSON.stringify(message),
    })
  const params = { protocolVersion: '2025-11-25', capabilities, clientInfo: CLIENT }
  const opened = await post({ jsonrpc: '2.0', id: 'open', method: 'initialize', params })
  const id = opened.headers.get('mcp-session-id')
  const text = await opened.text()
  if (id === null) throw new Error(`initialize gave no session: ${opened.status} ${text}`)
  Object.assign(common, { 'mcp-session-id': id, 'mcp-protocol-version': '2025-11-25' })
  const initialized = await post({ jsonrpc: '2.0', method: 'notifications/initialized' })
  if (initialized.status !== 202) throw new Error(`initialized was answered with ${initialized.status}`)
  return {
    id,
    post,
    get: (headers = {}) => fetch(url, { headers: { accept: 'text/event-stream', ...common, ...headers } }),
    end: () => fetch(url, { method: 'DELETE', headers: common }),
  }
}

export interface WireEvent {
  id: string | undefined
  message: RpcReply | undefined
}

/** Reads a stream up to the event that `isLast`, and leaves it there. */
export async function readEvents(response: Response, isLast: (event: WireEvent) => boolean): Promise<WireEvent[]> {
  const events: WireEvent[] = []
  const decoder = new TextDecoder()
  const reader = response.body!.getReader()
  let text = ''
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const blocks = (text + decoder.decode(read.value, { stream: true })).split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const event = readEvent(block)
        events.push(event)
        if (isLast(event)) return events
      }
    }
  } finally {
    await reader.cancel()
  }
  throw new Error(`the stream ended after ${JSON.stringify(events)}`)
}

function readEvent(block: string): WireEvent {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2)
  const data = field('data')
  return { id: field('id'), message: data ? (JSON.parse(data) as RpcReply) : undefined }
}
