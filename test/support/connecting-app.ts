// An app that sends people to connect a server, with our real pages, a real authorization server and an MCP server behind it.
import type { ConnectSessionView, CreatedConnectSessionView } from '../../server/connect-sessions/connect-session-view.ts'
import { type OAuthProvider, startOAuthProvider } from './oauth-provider.ts'
import { type ProtectedUpstream, startProtectedUpstream } from './protected-upstream.ts'
import { startUnownedConsole } from './start-console.ts'
import type { JsonAnswer, RunningPlugboard, StartOptions } from './start-plugboard.ts'

/** The app's own address, where nobody listens: people are only ever sent there. */
export const APP = 'https://app.example.com'
export const RETURN_URL = `${APP}/connected?tab=tools#end`

export interface ConnectingApp {
  plugboard: RunningPlugboard
  provider: OAuthProvider
  upstream: ProtectedUpstream
  /** A session in the namespace `acme` for the protected server, unless `input` says otherwise. */
  create(input?: Record<string, unknown>): Promise<CreatedConnectSessionView>
  see(session: { connectSessionId: string }, query?: string): Promise<ConnectSessionView>
  complete(session: { connectSessionId: string }, body: { code: string; person: string }): Promise<JsonAnswer<Record<string, unknown>>>
  callTool(connectionId: string): Promise<number>
  stop(): Promise<void>
}

export async function startConnectingApp(options: StartOptions = {}): Promise<ConnectingApp> {
  const provider = await startOAuthProvider()
  const [upstream, plugboard] = await Promise.all([startProtectedUpstream(provider), startUnownedConsole(options)])
  await plugboard.send('PUT', '/namespaces/acme')
  await plugboard.send('PUT', '/namespaces/acme/settings', { allowedOrigins: [APP] })
  return {
    plugboard,
    provider,
    upstream,
    async create(input = {}) {
      const target = 'connectionId' in input ? {} : { mcpUrl: upstream.url }
      const answer = await plugboard.send<CreatedConnectSessionView>('POST', '/connect-sessions', { namespace: 'acme', ...target, ...input })
      if (answer.status !== 201) throw new Error(`No session: ${JSON.stringify(answer.body)}`)
      return answer.body
    },
    see: async ({ connectSessionId }, query = '') => (await plugboard.send<ConnectSessionView>('GET', `/connect-sessions/${connectSessionId}${query}`)).body,
    complete: ({ connectSessionId }, body) => plugboard.send('POST', `/connect-sessions/${connectSessionId}/complete`, body),
    callTool: async (connectionId) => (await plugboard.send('POST', `/acme/${connectionId}/.tools/echo`, { message: 'hello' })).status,
    async stop() {
      await plugboard.stop()
      await upstream.close()
      await provider.close()
    },
  }
}
