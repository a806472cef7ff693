// Tokens end, grants do not: renewed ahead of time and once, whatever happens beside it. The authorization server is a
// real one that voids a refresh token the moment it is used, and every grant of a person when one is used twice.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
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
    await vi.waitFor(() => expect(tokenRequests()).toBe(1))
    expect((await call()).status).toBe(200)
    expect(new Set(upstream.tokens).size).toBe(2)
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

describe('a token that the server refuses before it ends', () => {
  /** The answer may be an event stream. */
  const post = (message: object, headers: Record<string, string> = {}) =>
    fetch(`${plugboard.url}/connect/acme/wiki/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${plugboard.key}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
    }).then(async (response) => ({ status: response.status, text: await response.text() }))
  const callTool = { method: 'tools/call', params: { name: 'echo', arguments: { message: 'hello' } } }
  const initialize = { method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } } }

  it.each([
    ['REST', () => call()],
    ['the MCP endpoint', () => post(callTool, { 'mcp-session-id': 'smithery-stateless' })],
    ['a session of the caller', () => post(initialize)],
  ])('is replaced, and the call is sent again: %s', async (_door, callThrough) => {
    await call()
    await provider.revokeAccessTokens()
    expect((await callThrough()).status).toBe(200)
    expect(tokenRequests()).toBe(1)
  })

  it('is replaced when somebody has the connection checked', async () => {
    await provider.revokeAccessTokens()
    const { body } = await plugboard.send<ConnectionView>('POST', '/acme/wiki/.check')
    expect([body.status, tokenRequests()]).toEqual([{ state: 'connected' }, 1])
  })
})

describe('a renewed token that cannot be written at once', () => {
  it('is kept until it can be, and is not asked for again', async () => {
    const { db } = plugboard.house
    const write = db.write
    let refusals = 3
    db.write = (statement) => (tokenRequests() > 0 && refusals-- > 0 ? Promise.reject(new Error('the disk is full')) : write(statement))
    plugboard.advance(LIFE_SECONDS * SECOND_MS + 1)
    expect((await call()).status).toBe(200)
    expect([tokenRequests(), refusals < 0]).toEqual([1, true])
    plugboard.advance(LIFE_SECONDS * SECOND_MS + 1)
    expect((await call()).status).toBe(200)
  })
})
