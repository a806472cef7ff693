// Plugboard with a namespace of several connections, and the endpoint that has them all.
import { connectClient, type Endpoint } from './mcp-clients.ts'
import { postMessage, type PostAnswer } from './mcp-post.ts'
import { type RunningPlugboard, startPlugboard } from './start-plugboard.ts'

export interface Aggregate {
  plugboard: RunningPlugboard
  /** `/mcp/shop`, with the key of its organization. */
  endpoint: Endpoint
  /** A connection of the namespace `shop` unless another is named. */
  connect(connectionId: string, url: URL, more?: object): Promise<void>
  post(message: object, more?: { key?: string; path?: string; headers?: Record<string, string> }): Promise<PostAnswer>
  /** The SDK 1.x client. */
  client(key?: string): ReturnType<typeof connectClient>
  stop(): Promise<void>
}

export async function startAggregate(): Promise<Aggregate> {
  const plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/shop')
  const endpoint = { url: new URL(`${plugboard.url}/mcp/shop`), key: plugboard.key }
  return {
    plugboard,
    endpoint,
    async connect(connectionId, url, more = {}) {
      const { status } = await plugboard.send('PUT', `/connect/shop/${connectionId}`, { mcpUrl: url.href, ...more })
      if (status >= 300) throw new Error(`the connection ${connectionId} was answered ${status}`)
    },
    post: (message, { key = plugboard.key, path = '/mcp/shop', headers = {} } = {}) =>
      postMessage(`${plugboard.url}${path}`, { jsonrpc: '2.0', id: 'mine', ...message }, { authorization: `Bearer ${key}`, ...headers }),
    client: (key = plugboard.key) => connectClient({ ...endpoint, key }),
    stop: () => plugboard.stop(),
  }
}
