// A connection that waits for a person: every door says so and where to send them, and works once they were there.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import Smithery from '@smithery/api'
import { createConnection } from '@smithery/api/mcp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCaller } from '../../server/api/caller.ts'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { watchConnections } from '../../server/connections/watch-connections.ts'
import { contextFor } from '../../server/context/context.ts'
import { MINUTE_MS } from '../../server/lib/units.ts'
import { resolveActor } from '../../server/identity/resolve-actor.ts'
import { postMessage } from '../support/mcp-post.ts'
import { consentTo } from '../support/oauth-connection.ts'
import { type OAuthProvider, startOAuthProvider } from '../support/oauth-provider.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const ECHO = { name: 'echo', arguments: { message: 'hello' } }
const WIKI = { namespace: 'acme', connectionId: 'wiki' }

let provider: OAuthProvider
let upstream: ProtectedUpstream
let plugboard: RunningPlugboard
let waiting: ConnectionView
/** Where every door should send people. */
let authorizationUrl: string

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
  waiting = (await plugboard.send<ConnectionView>('PUT', '/acme/wiki', { mcpUrl: upstream.url })).body
  authorizationUrl = (waiting.status as { authorizationUrl: string }).authorizationUrl
  return () => plugboard.stop()
})

const post = (message: unknown, headers: Record<string, string> = {}) =>
  postMessage(`${plugboard.url}/connect/acme/wiki/mcp`, message, { authorization: `Bearer ${plugboard.key}`, ...headers })
const appActor = async () => resolveActor(plugboard.house, { authorization: `Bearer ${plugboard.key}`, origin: undefined })
const asApp = async () => createCaller(plugboard.house, await appActor())

describe('while it waits', () => {
  it('PUT, GET and a list give one link under both names', async () => {
    expect(waiting.status).toEqual({ state: 'auth_required', setupUrl: authorizationUrl, authorizationUrl })
    expect((await plugboard.send<ConnectionView>('GET', '/acme/wiki')).body.status).toEqual(waiting.status)
    expect((await plugboard.send('GET', '/acme')).body).toMatchObject({ connections: [{ status: waiting.status }] })
  })

  it('a call over REST, and a list of tools, answer 401 with the link', async () => {
    const told = { status: 401, body: { error: 'auth_required', details: { authorizationUrl, connectionId: 'wiki' } } }
    expect(await plugboard.send('POST', '/acme/wiki/.tools/echo', ECHO.arguments)).toMatchObject(told)
    expect(await plugboard.send('GET', '/acme/wiki/.tools')).toMatchObject(told)
  })

  it.each([
    ['a call', { method: 'tools/call', params: ECHO }, {}],
    ['a handshake', { method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'app', version: '1' } } }, {}],
    ['a handshake on the shared session', { method: 'initialize', params: { protocolVersion: '2025-11-25' } }, { 'mcp-session-id': 'smithery-stateless' }],
  ])('%s over MCP is a JSON-RPC error in 401 with the link', async (_what, message, headers) => {
    const { status, answer } = await post({ jsonrpc: '2.0', id: 7, ...message }, headers)
    expect([status, answer]).toMatchObject([401, { id: 7, error: { code: -32001, message: expect.stringMatching(/^Authorization required/), data: { authorizationUrl, connectionId: 'wiki' } } }])
  })

  it('a call over tRPC fails with the link', async () => {
    const failed = (await asApp()).tools.invoke({ ...WIKI, tool: 'echo', arguments: ECHO.arguments })
    await expect(failed).rejects.toMatchObject({ cause: { kind: 'auth_required', details: { authorizationUrl, connectionId: 'wiki' } } })
  })

  it('nobody of another organization is shown the link, or that there is anything', async () => {
    const stranger = await plugboard.createKey()
    const headers = { authorization: `Bearer ${stranger.key}` }
    for (const answer of [
      await plugboard.send('POST', '/acme/wiki/.tools/echo', ECHO.arguments, headers),
      await plugboard.send('GET', '/acme/wiki', undefined, headers),
    ]) {
      expect([answer.status, JSON.stringify(answer.body)]).toEqual([404, expect.not.stringContaining('/setup/')])
    }
  })
})

describe('once the person was there', () => {
  it('a long poll that waited for it answers', async () => {
    const poll = plugboard.send('GET', '/acme/wiki?until=connected&wait=59')
    await consentTo(plugboard.house, waiting)
    expect(await poll).toMatchObject({ status: 200, body: { status: { state: 'connected' } } })
  })

  it('whoever watches the namespace hears of it, and before that that the timeline grows', async () => {
    const leaving = new AbortController()
    const news = watchConnections(contextFor(plugboard.house, await appActor(), 'req_watch'), { namespace: 'acme', signal: leaving.signal })
    let next = news.next()
    await consentTo(plugboard.house, waiting)
    expect((await next).value).toMatchObject({ connectionId: 'wiki', about: 'timeline' })
    do next = news.next()
    while ((await next).value?.about === 'timeline')
    expect((await next).value).toMatchObject({ connectionId: 'wiki', about: 'status', connection: { status: { state: 'connected' } } })
    leaving.abort()
  })

  it('the hosted service’s own client, which was told where to send the person, works with the same id', async () => {
    const client = new Smithery({ apiKey: plugboard.key, baseURL: plugboard.url, connectBaseURL: `${plugboard.url}/connect` })
    const connect = () => createConnection({ client, ...WIKI, mcpUrl: upstream.url })
    await expect(connect()).rejects.toMatchObject({ name: 'SmitheryAuthorizationError', authorizationUrl, connectionId: 'wiki' })
    await consentTo(plugboard.house, waiting)
    const { transport, connectionId } = await connect()
    const app = new Client({ name: 'app', version: '1.0.0' })
    await app.connect(transport)
    expect(connectionId).toBe('wiki')
    expect(await app.callTool(ECHO)).toMatchObject({ content: [{ text: expect.stringContaining('hello') }] })
    await app.close()
  })
})

describe('a grant that has ended', () => {
  beforeEach(async () => {
    await consentTo(plugboard.house, waiting)
    await provider.revokeAllGrants()
    plugboard.advance(5 * MINUTE_MS + 1)
  })

  it('shows in the call that finds out, with a new link', async () => {
    const { status, body } = await plugboard.send<{ details?: { authorizationUrl?: string } }>('POST', '/acme/wiki/.tools/echo', ECHO.arguments)
    expect(status).toBe(401)
    expect(body.details?.authorizationUrl).toMatch(/\/setup\//)
    expect(body.details?.authorizationUrl).not.toBe(authorizationUrl)
    expect((await plugboard.send<ConnectionView>('GET', '/acme/wiki')).body.status).toMatchObject({ authorizationUrl: body.details?.authorizationUrl })
  })

  it('shows in a check and in a PUT as a status, not as their failure', async () => {
    expect(await plugboard.send('POST', '/acme/wiki/.check')).toMatchObject({ status: 200, body: { status: { state: 'auth_required' } } })
    expect(await plugboard.send('PUT', '/acme/wiki', { mcpUrl: upstream.url })).toMatchObject({ status: 200, body: { status: { state: 'auth_required' } } })
  })

  it('does not keep the connection from being deleted', async () => {
    expect(await plugboard.send('DELETE', '/acme/wiki')).toMatchObject({ status: 200, body: { success: true } })
  })
})
