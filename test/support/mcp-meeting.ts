// Plugboard in front of a fixture upstream of one protocol era that records what it receives.
import { type FixtureUpstream, startFixtureUpstream } from './fixture-upstream.ts'
import { type PostAnswer, postMessage } from './mcp-post.ts'
import { startPlugboard } from './start-plugboard.ts'

export interface Meeting {
  /** Plugboard's MCP endpoint for the connection. */
  url: URL
  key: string
  upstream: FixtureUpstream
  /** A message with the key, and with what a caller's own headers may be. */
  post(message: object, headers?: Record<string, string>): Promise<PostAnswer>
  stop(): Promise<void>
}

/** The connection stores the header `x-api-key: stored`. */
export async function startMeeting(era: 'session' | 'stateless'): Promise<Meeting> {
  const [plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream({ era, sse: true })])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/connect/shop/wiki', { mcpUrl: upstream.url.href, headers: { 'x-api-key': 'stored' } })
  const url = new URL(`${plugboard.url}/connect/shop/wiki/mcp`)
  return {
    url,
    key: plugboard.key,
    upstream,
    post: (message, headers = {}) =>
      postMessage(url, message, { authorization: `Bearer ${plugboard.key}`, cookie: 'caller=1', ...headers }),
    async stop() {
      await plugboard.stop()
      await upstream.stop()
    },
  }
}

export const rpc = (method: string, params: object = {}, id: string | number = 'mine') => ({ jsonrpc: '2.0', id, method, params })

/** A call that answers with two progress notifications first. */
export const progressCall = (id: string | number, progressToken: string | number) =>
  rpc('tools/call', { name: 'progress', arguments: { steps: 2 }, _meta: { progressToken } }, id)

/** Methods that change or enumerate a session's state, and one that nobody knows. */
export const OWN_METHODS = [
  'resources/subscribe',
  'resources/unsubscribe',
  'logging/setLevel',
  'tasks/list',
  'subscriptions/listen',
  'vendor/anything',
]

export const REVISION_KEY = 'io.modelcontextprotocol/protocolVersion'
