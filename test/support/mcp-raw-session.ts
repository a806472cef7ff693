// Results exactly as a server gave them. The SDK's `Client` drops members that it does not know, so
// comparisons go through its bare transports, or through plain HTTP where there is no session.
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { CLIENT, type Endpoint } from './mcp-clients.ts'
import { postMessage } from './mcp-post.ts'

export type Result = Record<string, unknown>
export type Ask = (method: string, params: Record<string, unknown>) => Promise<Result>

export interface RawSession {
  ask: Ask
  /** What the server said of itself, in `initialize` or `server/discover`. */
  introduction: Result
  close(): Promise<void>
}

/** A direct session up to 2025-11-25, without client capabilities. */
export async function openRawSession({ url, sse }: Endpoint): Promise<RawSession> {
  const transport: Transport = sse ? new SSEClientTransport(url) : new StreamableHTTPClientTransport(url)
  const waiting = new Map<number, { resolve: (result: Result) => void; reject: (error: Error) => void }>()
  let lastId = 0
  transport.onmessage = (message) => {
    if (!('id' in message) || 'method' in message) return
    const waiter = waiting.get(Number(message.id))
    if ('result' in message) waiter?.resolve(message.result)
    else waiter?.reject(new Error(JSON.stringify(message.error)))
  }
  const ask: Ask = (method, params) =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      transport.send({ jsonrpc: '2.0', id, method, params }).catch(reject)
    })
  await transport.start()
  const introduction = await ask('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: CLIENT })
  await transport.send({ jsonrpc: '2.0', method: 'notifications/initialized' })
  return { ask, introduction, close: () => transport.close() }
}

const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': CLIENT,
  'io.modelcontextprotocol/clientCapabilities': {},
}

/** The message and headers of one request of 2026-07-28. */
export function statelessRequest(id: number | string, method: string, params: Record<string, unknown>, meta: Record<string, unknown> = {}) {
  const name = params.name ?? params.uri
  return {
    message: { jsonrpc: '2.0', id, method, params: { ...params, _meta: { ...ENVELOPE, ...meta } } },
    headers: { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, ...(typeof name === 'string' && { 'mcp-name': name }) },
  }
}

/** Direct requests of 2026-07-28, which knows no sessions. */
export async function openRawStateless({ url }: Endpoint): Promise<RawSession> {
  const ask: Ask = async (method, params) => {
    const { message, headers } = statelessRequest(1, method, params)
    const { answer } = await postMessage(url, message, headers)
    if (!answer?.result) throw new Error(JSON.stringify(answer))
    return answer.result
  }
  return { ask, introduction: await ask('server/discover', {}), close: async () => {} }
}
