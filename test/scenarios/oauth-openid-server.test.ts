// An authorization server that nobody here wrote and that has no other document than OpenID Connect's: found by its last
// well-known address, used with a public client that somebody made there by hand.
import { once } from 'node:events'
import { OAuth2Server } from 'oauth2-mock-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { HOUR_MS } from '../../server/lib/units.ts'
import { consentTo } from '../support/oauth-connection.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let provider: OAuth2Server
let upstream: ProtectedUpstream
let plugboard: RunningPlugboard
const issued: string[] = []

beforeAll(async () => {
  provider = new OAuth2Server()
  await provider.issuer.keys.generate('RS256')
  provider.service.on('beforeResponse', ({ body }: { body: { access_token?: string } }) => void issued.push(body.access_token ?? ''))
  await provider.start(0, '127.0.0.1')
  upstream = await startProtectedUpstream({
    issuer: provider.issuer.url!,
    introspect: async (token) => (issued.includes(token) ? { account: 'johndoe', scope: 'mcp:read' } : undefined),
  })
  plugboard = await startPlugboard()
})
afterAll(async () => {
  await plugboard?.stop()
  await upstream?.close()
  await provider?.stop()
})

it('is connected, called, and renewed without the person when its token has ended', async () => {
  await plugboard.send('PUT', '/namespaces/acme')
  const { body: view } = await plugboard.send<ConnectionView>('PUT', '/acme/wiki', { mcpUrl: upstream.url, oauthClient: { clientId: 'made-by-hand' } })
  expect(view.status).toMatchObject({ state: 'auth_required' })
  expect(await consentTo(plugboard.house, view)).toMatchObject({ status: { state: 'connected' } })
  const call = () => plugboard.send('POST', '/acme/wiki/.tools/echo', { message: 'hello' })
  expect((await call()).body).toMatchObject({ content: [{ text: 'hello' }] })
  plugboard.advance(2 * HOUR_MS)
  const renewal = once(provider.service, 'beforeResponse')
  expect((await call()).body).toMatchObject({ content: [{ text: 'hello' }] })
  await renewal
  // Tokens of the same second are the same JWT there: issuances are counted.
  expect(issued).toHaveLength(2)
})
