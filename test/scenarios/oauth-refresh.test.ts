// Tokens end, grants do not: renewed ahead of time and once, whatever happens beside it. The authorization server is a
// real one that voids a refresh token the moment it is used, and every grant of a person when one is used twice.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { MINUTE_MS, SECOND_MS } from '../../server/lib/units.ts'
import { consentTo } from '../support/oauth-connection.ts'
import { type OAuthProvider, startOAuthProvider } from '../support/oauth-provider.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const LIFE_SECONDS = 300

let provider: OAuthProvider
let upstream: ProtectedUpstream
let plugboard: RunningPlugboard

beforeAll(async () => {
  provider = await startOAuthProvider({ accessTokenSeconds: LIFE_SECONDS })
  upstream = await startProtectedUpstream(provider)
})
afterAll(async () => {
  await upstream?.close()
  await provider?.close()
})
beforeEach(async () => {
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/acme')
  const { body } = await plugboard.send<ConnectionView>('PUT', '/acme/wiki', { mcpUrl: upstream.url })
  await consentTo(plugboard.house, body)
  provider.requests.length = 0
  upstream.tokens.length = 0
  return () => plugboard.stop()
})

const call = () => plugboard.send<{ content?: { text: string }[] }>('POST', '/acme/wiki/.tools/echo', { message: 'hello' })
const tokenRequests = () => provider.requests.filter((request) => request === 'POST /token').length

describe('a token that has ended', () => {
  it('is renewed once for two hundred calls at the same moment, and all of them go through', async () => {
    plugboard.advance(LIFE_SECONDS * SECOND_MS + 1)
    const answers = await Promise.all(Array.from({ length: 200 }, call))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(tokenRequests()).toBe(1)
  })

  it('is renewed again and again, each time with the refresh token of the last', async () => {
    for (let round = 0; round < 3; round++) {
      plugboard.advance(LIFE_SECONDS * SECOND_MS + 1)
      expect((await call()).status).toBe(200)
    }
    expect(tokenRequests()).toBe(3)
    expect(new Set(upstream.tokens).size).toBe(3)
  })
})

describe('a token that ends soon', () => {
  it('is used for the call that comes, and renewed beside it', async () => {
    plugboard.advance(LIFE_SECONDS * SECOND_MS - MINUTE_MS / 2)
    expect((await call()).status).toBe(200)
    expect((await call()).status).toBe(200)
    const next = await plugboard.house.flights.renewals.run('nothing', async () => undefined as never)
    expect(next).toBeUndefined()
    expect(tokenRequests()).toBe(1)
  })
})

describe('a grant that the authorization server has ended', () => {
  it('asks for a person, and says so in the status', async () => {
    await provider.revokeAllGrants()
    plugboard.advance(LIFE_SECONDS * SECOND_MS + 1)
    expect(await call()).toMatchObject({ status: 401, body: { error: 'auth_required', code: 'connection.auth_required' } })
    expect((await plugboard.send<ConnectionView>('GET', '/acme/wiki')).body.status).toMatchObject({ state: 'auth_required', setupUrl: expect.any(String) })
  })

  it('is replaced by a new consent under the same id', async () => {
    await provider.revokeAllGrants()
    plugboard.advance(LIFE_SECONDS * SECOND_MS + 1)
    await call()
    await consentTo(plugboard.house, (await plugboard.send<ConnectionView>('GET', '/acme/wiki')).body)
    expect((await call()).status).toBe(200)
  })
})
