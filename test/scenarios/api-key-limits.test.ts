// A key can be made for some namespaces, some operations and some addresses. Every door holds it to them, and what it mints, too.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiKeyView, CreatedApiKeyView } from '../../server/identity/api-keys.ts'
import { DOORS, openDoor } from '../support/four-doors.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard({ environment: { TRUSTED_PROXIES: '127.0.0.1' } }), startFixtureUpstream()])
  for (const namespace of ['shop', 'office']) {
    await plugboard.send('PUT', `/namespaces/${namespace}`)
    await plugboard.send('PUT', `/${namespace}/it`, { mcpUrl: upstream.url })
  }
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

async function makeKey(limits: object): Promise<CreatedApiKeyView> {
  const { status, body } = await plugboard.send<CreatedApiKeyView>('POST', '/keys', { name: 'limited', ...limits })
  expect(status).toBe(201)
  return body
}
const statusOf = async (method: string, path: string, credential: string, body?: unknown, headers = {}) =>
  (await plugboard.send(method, path, body, { ...bearer(credential), ...headers })).status

describe('a key for one namespace', () => {
  let key: string
  beforeAll(async () => {
    ;({ key } = await makeKey({ namespaces: ['shop'] }))
  })

  it('reads, changes and calls there, and finds nothing elsewhere', async () => {
    expect(await statusOf('GET', '/shop/it', key)).toBe(200)
    expect(await statusOf('PUT', '/shop/mine', key, { mcpUrl: upstream.url })).toBe(201)
    expect(await statusOf('DELETE', '/shop/mine', key)).toBe(200)
    expect(await statusOf('GET', '/office/it', key)).toBe(404)
    expect(await statusOf('PUT', '/office/mine', key, { mcpUrl: upstream.url })).toBe(404)
    expect((await plugboard.send('GET', '/namespaces', undefined, bearer(key))).body).toMatchObject({ namespaces: [{ name: 'shop' }] })
  })

  it.each(DOORS)('calls through %s', async (door) => {
    const call = await openDoor({ ...plugboard, key }, door, 'it')
    expect(await call()).toMatchObject({ status: 200, code: undefined })
  })

  it('makes no other key, no namespace and no webhook, and reads no settings', async () => {
    expect(await statusOf('POST', '/keys', key, { name: 'free' })).toBe(403)
    expect(await statusOf('GET', '/keys', key)).toBe(403)
    expect(await statusOf('PUT', '/namespaces/new-one', key)).toBe(403)
    expect(await statusOf('GET', '/namespaces/shop/settings', key)).toBe(403)
    expect(await statusOf('POST', '/api/webhooks', key, { namespace: 'shop', url: 'https://app.example.com/hook' })).toBe(403)
  })

  it('mints tokens that are held to it, whatever their policy says', async () => {
    const { token } = await mintServiceToken(plugboard, { policy: [{ namespaces: ['shop', 'office'] }] }, key)
    expect(await statusOf('GET', '/shop/it', token)).toBe(200)
    expect(await statusOf('GET', '/office/it', token)).toBe(404)
    const unlimited = (await mintServiceToken(plugboard, {}, key)).token
    expect(await statusOf('GET', '/office/it', unlimited)).toBe(404)
  })
})

it('a key for looking neither calls nor changes anything, and no token of it does', async () => {
  const { key } = await makeKey({ operations: ['read'] })
  const { token } = await mintServiceToken(plugboard, { policy: [{ operations: ['read', 'write', 'execute'] }] }, key)
  for (const credential of [key, token]) {
    expect(await statusOf('GET', '/office/it', credential)).toBe(200)
    expect(await statusOf('POST', '/shop/it/.tools/echo', credential, { text: 'hi' })).toBe(403)
    expect(await statusOf('DELETE', '/shop/it', credential)).toBe(403)
  }
})

describe('a key for some addresses', () => {
  const INSIDE = { 'x-forwarded-for': '203.0.113.9' }
  const OUTSIDE = { 'x-forwarded-for': '198.51.100.1' }
  let made: CreatedApiKeyView
  let token: string
  beforeEach(async () => {
    made = await makeKey({ addresses: ['203.0.113.0/24', '2001:db8::7'] })
    token = (await plugboard.send<{ token: string }>('POST', '/tokens', {}, { ...bearer(made.key), ...INSIDE })).body.token
  })

  const calls: [door: string, method: string, path: string, body: unknown][] = [
    ['REST', 'GET', '/shop/it', undefined],
    ['REST’s short way', 'POST', '/shop/it/.tools/echo', { text: 'hi' }],
    ['tRPC', 'GET', '/trpc/namespaces.list', undefined],
    ['tRPC’s short way', 'POST', '/trpc/tools.invoke', { namespace: 'shop', connectionId: 'it', tool: 'echo', arguments: { text: 'hi' } }],
    ['MCP', 'POST', '/connect/shop/it/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' }],
    ['MCP of a namespace', 'POST', '/mcp/shop', { jsonrpc: '2.0', id: 1, method: 'tools/list' }],
  ]

  it.each(calls)('is taken by %s from there alone, as is a token that it minted', async (_door, method, path, body) => {
    for (const credential of [made.key, token]) {
      const send = (headers: object) => plugboard.send(method, path, body, { ...bearer(credential), accept: 'application/json, text/event-stream', ...headers })
      expect((await send(INSIDE)).status).toBe(200)
      const refused = await send(OUTSIDE)
      expect([refused.status, JSON.stringify(refused.body)]).toEqual([403, expect.stringContaining('identity.address_refused')])
      expect((await send({ 'x-forwarded-for': '2001:db8::7' })).status).toBe(200)
    }
  })

  it('is not helped by an address that a stranger claims before the proxy’s own word', async () => {
    expect(await statusOf('GET', '/shop/it', made.key, undefined, { 'x-forwarded-for': '203.0.113.9, 198.51.100.1' })).toBe(403)
  })

  it('can do all that a key can, and be reported from anywhere', async () => {
    expect(await statusOf('GET', '/keys', made.key, undefined, INSIDE)).toBe(200)
    await plugboard.send('POST', '/keys/report-leaked', { key: made.key }, { authorization: '', ...OUTSIDE })
    expect(await statusOf('GET', '/keys', made.key, undefined, INSIDE)).toBe(401)
  })

  it('leaves a word in the audit log when it is shown elsewhere', async () => {
    await plugboard.send('GET', '/shop/it', undefined, { ...bearer(made.key), ...OUTSIDE })
    await plugboard.house.audit.flush()
    const { body } = await plugboard.send<{ entries: object[] }>('GET', `/api/audit?result=denied`)
    expect(body.entries).toContainEqual(expect.objectContaining({ action: 'access.request', code: 'identity.address_refused', address: '198.51.100.1' }))
  })
})

it('a list shows what each key is limited to', async () => {
  const limits = { namespaces: ['shop'], operations: ['read', 'execute'], addresses: ['203.0.113.0/24'] }
  const { id } = await makeKey(limits)
  const { body } = await plugboard.send<{ keys: ApiKeyView[] }>('GET', '/keys')
  expect(body.keys).toContainEqual(expect.objectContaining({ id, ...limits }))
  expect(body.keys).toContainEqual(expect.objectContaining({ namespaces: null, operations: null, addresses: null }))
})

it.each([
  ['namespaces', []],
  ['operations.0', ['delete']],
  ['addresses.0', ['203.0.113.0/33']],
  ['addresses.1', ['203.0.113.7', 'fe80::1%eth0']],
])('a key whose %s nobody could mean is not made', async (field, value) => {
  const { status, body } = await plugboard.send('POST', '/keys', { name: 'x', [field.split('.')[0]!]: value })
  expect([status, body.details]).toEqual([400, { field }])
})

it('a key mints for its own organization alone', async () => {
  const stranger = await plugboard.createKey()
  expect(await statusOf('POST', '/tokens', plugboard.key, { organizationId: plugboard.organizationId })).toBe(200)
  expect(await statusOf('POST', '/tokens', plugboard.key, { organizationId: stranger.organizationId })).toBe(400)
})
