// A call may need more than a person agreed to so far. It is then for the person to say, not for the app to guess: what is
// missing is asked for together with all that was granted before (MCP 2026-07-28 authorization, Scope Challenge Handling).
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../server/connections/connection-view.ts'
import { beginConsent, consentTo } from '../support/oauth-connection.ts'
import { type OAuthProvider, startOAuthProvider } from '../support/oauth-provider.ts'
import { type ProtectedUpstream, startProtectedUpstream } from '../support/protected-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let provider: OAuthProvider
let upstream: ProtectedUpstream
let plugboard: RunningPlugboard

beforeAll(async () => {
  provider = await startOAuthProvider()
})
afterAll(() => provider?.close())
beforeEach(async () => {
  upstream = await startProtectedUpstream(provider)
  plugboard = await startPlugboard()
  await plugboard.send('PUT', '/namespaces/acme')
  const { body } = await plugboard.send<ConnectionView>('PUT', '/acme/wiki', { mcpUrl: upstream.url })
  await consentTo(plugboard.house, body)
  upstream.setCallScope('mcp:write')
  return async () => {
    await plugboard.stop()
    await upstream.close()
  }
})

const view = async () => (await plugboard.send<ConnectionView>('GET', '/acme/wiki')).body
const call = () => plugboard.send('POST', '/acme/wiki/.tools/echo', { message: 'hello' })
const accept = { accept: 'application/json, text/event-stream' }
const rpc = (method: string, params: object, headers: Record<string, string>) =>
  plugboard.send<{ error?: { data?: unknown } }>('POST', '/connect/acme/wiki/mcp', { jsonrpc: '2.0', id: 1, method, params }, { ...accept, ...headers })
const echo = { name: 'echo', arguments: { message: 'hello' } }

async function callInSession() {
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } }
  const opened = await fetch(`${plugboard.url}/connect/acme/wiki/mcp`, {
    method: 'POST',
    headers: { authorization: `Bearer ${plugboard.key}`, 'content-type': 'application/json', ...accept },
    body: JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params }),
  })
  await opened.text()
  return rpc('tools/call', echo, { 'mcp-session-id': opened.headers.get('mcp-session-id')! })
}

describe('a call that needs more than was granted', () => {
  const details = { wantedScope: 'mcp:write', authorizationUrl: expect.stringContaining('/setup/'), connectionId: 'wiki' }

  it('says at the REST door what it needs, and where to agree to it', async () => {
    expect(await call()).toMatchObject({ status: 401, body: { code: 'upstream.scope_insufficient', details } })
  })

  it.each([
    ['a caller without a session', () => rpc('tools/call', echo, {})],
    ['the session of a caller', callInSession],
  ])('says so at the MCP door, to %s', async (_who, callThrough) => {
    expect(await callThrough()).toMatchObject({ status: 401, body: { error: { data: { code: 'upstream.scope_insufficient', ...details } } } })
  })

  it('makes the connection wait for a person, and leaves alone what works without', async () => {
    await call()
    expect((await view()).status).toMatchObject({ state: 'auth_required' })
    expect((await plugboard.send('GET', '/acme/wiki/.tools')).status).toBe(200)
  })

  it('is asked for in the next consent, with all that was granted before, and works then', async () => {
    await call()
    const asked = (await beginConsent(plugboard.house, await view())).searchParams.get('scope')
    expect(asked?.split(' ')).toEqual(expect.arrayContaining(['mcp:read', 'mcp:write']))
    expect(await consentTo(plugboard.house, await view())).toMatchObject({ status: { state: 'connected' } })
    expect((await call()).status).toBe(200)
  })
})

it('a person is not asked again for what they agreed to, whatever the server says', async () => {
  upstream.setCallScope('mcp:read', { always: true })
  expect(await call()).toMatchObject({ status: 502, body: { code: 'upstream.credential_refused' } })
  expect((await view()).status).toEqual({ state: 'connected' })
})
