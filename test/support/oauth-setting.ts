// The usual scene of an OAuth scenario: an authorization server that can misbehave, an MCP server behind it, and a
// Plugboard with a namespace.
import { BROWSER_SECRET, beginConsent, consentTo } from './oauth-connection.ts'
import { createOAuthPerson } from './oauth-person.ts'
import type { AuthorizationAnswer } from '../../server/connections/authorization/take-request.ts'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { finishSignIn, type FinishedSignIn } from '../../server/connect-sessions/finish-sign-in.ts'
import { type HostileAuthorizationServer, type HostileKnobs, startHostileAuthorizationServer } from './hostile-authorization-server.ts'
import { type ProtectedUpstream, startProtectedUpstream } from './protected-upstream.ts'
import { type JsonAnswer, type RunningPlugboard, type StartOptions, startPlugboard } from './start-plugboard.ts'

export interface OAuthSetting {
  authorization: HostileAuthorizationServer
  upstream: ProtectedUpstream
  plugboard: RunningPlugboard
  /** Whom the MCP server sends people to; a test may change it. */
  trusted: Pick<HostileAuthorizationServer, 'issuer' | 'introspect'>
  connect(connectionId?: string): Promise<ConnectionView>
  /** Connected and consented to; nothing that happened so far is counted. */
  connectAndConsent(connectionId?: string): Promise<ConnectionView>
  view(connectionId?: string): Promise<ConnectionView>
  call(connectionId?: string): Promise<JsonAnswer<Record<string, unknown>>>
  /** From our page to the authorization server and back: the address that the browser is sent to, not yet visited. */
  leaveAndReturn(view: ConnectionView): Promise<URL>
  /** The browser arrives there. */
  arrive(back: URL, more?: Partial<AuthorizationAnswer>): Promise<FinishedSignIn>
  close(): Promise<void>
}

export async function startOAuthSetting(knobs: Partial<HostileKnobs> = {}, options: StartOptions = {}): Promise<OAuthSetting> {
  const authorization = await startHostileAuthorizationServer(knobs)
  const trusted = { issuer: authorization.issuer, introspect: authorization.introspect }
  const [upstream, plugboard] = await Promise.all([startProtectedUpstream(trusted), startPlugboard(options)])
  const { house } = plugboard
  await plugboard.send('PUT', '/namespaces/acme')
  const connect = async (connectionId = 'wiki') => (await plugboard.send<ConnectionView>('PUT', `/acme/${connectionId}`, { mcpUrl: upstream.url })).body
  const view = async (connectionId = 'wiki') => (await plugboard.send<ConnectionView>('GET', `/acme/${connectionId}`)).body
  return {
    authorization,
    upstream,
    plugboard,
    trusted,
    connect,
    view,
    async connectAndConsent(connectionId) {
      await consentTo(house, await connect(connectionId))
      authorization.requests.length = 0
      upstream.tokens.length = 0
      return view(connectionId)
    },
    call: (connectionId = 'wiki') => plugboard.send('POST', `/acme/${connectionId}/.tools/echo`, { message: 'hello' }),
    leaveAndReturn: async (of) => createOAuthPerson().authorize((await beginConsent(house, of)).href),
    arrive: (back, more = {}) =>
      finishSignIn(house, { issuerHash: back.pathname.split('/').at(-1)!, parameters: back.searchParams, browserSecret: BROWSER_SECRET, ...more }),
    async close() {
      await plugboard.stop()
      await upstream.close()
      await authorization.close()
    },
  }
}

/** The codes that they failed with, in order; `ok` for those that did not. */
export const outcomesOf = async (works: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(works)).map((each) => (each.status === 'fulfilled' ? 'ok' : (each.reason as { code: string }).code))

export const outcomeOf = async (work: Promise<unknown>): Promise<string> => (await outcomesOf([work]))[0]!
