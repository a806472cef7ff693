// From a server that wants OAuth to a tool call on somebody's behalf, with an authorization server nobody here wrote.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { consentTo } from '../support/oauth-connection.ts'
import { type OAuthProvider, startOAuthProvider } from '../support/oauth-provider.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let provider: OAuthProvider
let upstream: ProtectedUpstream
let plugboard: RunningPlugboard

beforeAll(async () => {
  provider = await startOAuthProvider({ accessTokenSeconds: 300 })
  upstream = await startProtectedUpstream(provider)
})
afterAll(async () => {
  await upstream?.close()
  await provider?.close()
})
beforeEach(async () => {
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/acme')
  return () => plugboard.stop()
})

const connect = async () => (await plugboard.send<ConnectionView>('PUT', '/acme/wiki', { mcpUrl: upstream.url })).body
const call = () => plugboard.send<{ content?: { text: string }[] }>('POST', '/acme/wiki/.tools/echo', { message: 'hello' })

describe('a server that asks for OAuth', () => {
  it('is waiting for a person, and says where', async () => {
    const view = await connect()
    expect(view.status).toEqual({ state: 'auth_required', setupUrl: expect.any(String), authorizationUrl: expect.any(String) })
  })

  it('works once the person has signed in and agreed', async () => {
    expect(await consentTo(plugboard.house, await connect())).toMatchObject({ connectionId: 'wiki', status: { state: 'connected' } })
    const { status, body } = await call()
    expect([status, body.content?.[0]?.text]).toEqual([200, expect.stringContaining('hello')])
  })
})
