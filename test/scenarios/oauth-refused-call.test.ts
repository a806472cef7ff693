// A call that is refused for want of a person says more than that it failed: from then on the connection's status says it, once,
// and whoever watches hears of it. A connection that waits for a client says so in the dialect's words.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StatusChange } from '../../server/context/status-change.ts'
import { SECOND_MS } from '../../server/lib/units.ts'
import { type OAuthSetting, startOAuthSetting } from '../support/oauth-setting.ts'

const LIFE_MS = 300 * SECOND_MS
const CALLS = 5

let setting: OAuthSetting
let watching: AbortController
/** States that were told to whoever watches, one after the other. */
let told: AsyncGenerator<StatusChange>

beforeEach(async () => {
  setting = await startOAuthSetting()
  watching = new AbortController()
  return () => watching.abort()
})
afterEach(() => setting.close())

const watch = () => void (told = setting.plugboard.house.statusFeed.subscribe(watching.signal))
const nextState = async () => ((await told.next()).value as StatusChange).state
/** What was told since, if the last word is that it is gone. */
async function lastState() {
  await setting.plugboard.send('DELETE', '/acme/wiki')
  return nextState()
}

const call = () => setting.call()
const overMcp = () =>
  setting.plugboard.send(
    'POST',
    '/connect/acme/wiki/mcp',
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', arguments: { message: 'hello' } } },
    { accept: 'application/json, text/event-stream', 'mcp-session-id': 'smithery-stateless' },
  )

describe('a server that asks for a person in the middle of the day', () => {
  beforeEach(async () => {
    setting.trusted.introspect = async () => ({ account: 'ada', scope: '' })
    await setting.plugboard.send('PUT', '/acme/wiki', { mcpUrl: setting.upstream.url, headers: { authorization: 'Bearer of-my-own' } })
    setting.trusted.introspect = async () => undefined
    watch()
  })

  it.each([
    ['REST', call],
    ['the MCP endpoint', overMcp],
  ])('changes what the status of the connection says, though nobody had signed in: %s', async (_door, callThrough) => {
    expect((await callThrough()).status).toBe(401)
    expect(await nextState()).toBe('auth_required')
    expect((await setting.view()).status).toMatchObject({ state: 'auth_required', setupUrl: expect.any(String) })
  })

  it('does so once, whoever calls at the same moment or afterwards', async () => {
    await Promise.all(Array.from({ length: CALLS }, call))
    expect(await nextState()).toBe('auth_required')
    for (let round = 0; round < CALLS; round++) expect((await call()).status).toBe(401)
    expect(await lastState()).toBe('deleted')
  })
})

describe('a grant that cannot be renewed any more', () => {
  it('changes the status once, not with each call', async () => {
    await setting.connectAndConsent()
    setting.authorization.grants.endAll()
    setting.plugboard.advance(LIFE_MS + 1)
    watch()
    for (let round = 0; round < CALLS; round++) expect((await call()).status).toBe(401)
    expect([await nextState(), await lastState(), setting.authorization.to('/token').length]).toEqual(['auth_required', 'deleted', 1])
  })
})

describe('a connection that waits for a client of its own', () => {
  beforeEach(async () => {
    setting.authorization.set({ document: { registration_endpoint: undefined } })
    await setting.connect()
  })
  const missing = { http: {}, missing: { headers: [], query: [] } }

  it('answers a call at the MCP endpoint with -32002 and what is missing', async () => {
    expect(await overMcp()).toMatchObject({ status: 409, body: { error: { code: -32002, data: { ...missing, authorizationUrl: expect.stringContaining('/setup/') } } } })
  })

  it('answers a call over REST with 409 and the same word', async () => {
    expect(await call()).toMatchObject({ status: 409, body: { error: 'input_required', code: 'connection.input_required', details: missing } })
  })
})
