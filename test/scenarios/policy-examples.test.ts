// The policies that the dialect's documents show, word for word, with its own client: what each of them is good for.
import Smithery, { NotFoundError, PermissionDeniedError } from '@smithery/api'
import { createConnection } from '@smithery/api/mcp'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let backend: Smithery

const NAMESPACE = 'my-app'
const metadataOf: Record<string, Record<string, string>> = {
  github: { userId: 'user-123' },
  notion: { userId: 'user-123', plan: 'free' },
  'of-somebody-else': { userId: 'user-456' },
  'of-the-workspace': { workspaceId: 'ws-789' },
  'of-another-workspace': { workspaceId: 'ws-1' },
  'of-everybody': { scope: 'global' },
}

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  backend = clientWith(plugboard.key)
  for (const namespace of [NAMESPACE, 'other-app']) await backend.namespaces.set(namespace)
  for (const [connectionId, metadata] of Object.entries(metadataOf)) await backend.connections.set(connectionId, { namespace: NAMESPACE, mcpUrl: upstream.url.href, metadata })
  await backend.connections.set('github', { namespace: 'other-app', mcpUrl: upstream.url.href, metadata: { userId: 'user-123' } })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const clientWith = (apiKey: string) => new Smithery({ apiKey, baseURL: plugboard.url, connectBaseURL: `${plugboard.url}/connect` })

type Policy = NonNullable<Parameters<Smithery['tokens']['create']>[0]>['policy']

const mintedBy = async (minter: Smithery, policy: Policy): Promise<Smithery> => clientWith((await minter.tokens.create({ policy: policy! })).token)

const idsSeenBy = async (client: Smithery, namespace = NAMESPACE): Promise<string[]> =>
  (await client.connections.list(namespace)).connections.map(({ connectionId }) => connectionId).toSorted()

const echo = (client: Smithery, connectionId: string, namespace = NAMESPACE) =>
  client.connections.tools.call('echo', { namespace, connectionId, body: { text: 'hi' } })
const HI = { content: [{ type: 'text', text: 'hi' }] }

describe('a token for one user of an app', () => {
  const policy: Policy = [{ namespaces: NAMESPACE, resources: 'connections', operations: ['read', 'execute'], metadata: { userId: 'user-123' }, ttl: '1h' }]

  it('lists what is that user’s, in that namespace, and calls it', async () => {
    const browser = await mintedBy(backend, policy)
    expect(await idsSeenBy(browser)).toEqual(['github', 'notion'])
    expect(await echo(browser, 'github')).toEqual(HI)
    expect((await browser.namespaces.list()).namespaces.map(({ name }) => name)).toEqual([NAMESPACE])
  })

  it('finds nothing of anybody else', async () => {
    const browser = await mintedBy(backend, policy)
    const asked = upstream.requests.length
    await expect(browser.connections.get('of-somebody-else', { namespace: NAMESPACE })).rejects.toThrow(NotFoundError)
    await expect(echo(browser, 'of-somebody-else')).rejects.toThrow(NotFoundError)
    await expect(echo(browser, 'github', 'other-app')).rejects.toThrow(NotFoundError)
    await expect(idsSeenBy(browser, 'other-app')).rejects.toThrow(NotFoundError)
    expect(upstream.requests).toHaveLength(asked)
  })

  it('changes nothing', async () => {
    const browser = await mintedBy(backend, policy)
    await expect(browser.connections.delete('github', { namespace: NAMESPACE })).rejects.toThrow(PermissionDeniedError)
    await expect(browser.connections.set('github', { namespace: NAMESPACE, name: 'Mine' })).rejects.toThrow(PermissionDeniedError)
    await expect(browser.connections.create(NAMESPACE, { mcpUrl: upstream.url.href })).rejects.toThrow(PermissionDeniedError)
    await expect(browser.namespaces.set('a-new-one')).rejects.toThrow(PermissionDeniedError)
  })

  it('opens an MCP client in two lines', async () => {
    const { transport } = await createConnection({ client: await mintedBy(backend, policy), namespace: NAMESPACE, connectionId: 'github' })
    const client = new Client({ name: 'app', version: '1.0.0' })
    await client.connect(transport)
    expect(await client.callTool({ name: 'echo', arguments: { text: 'hi' } })).toMatchObject(HI)
    await client.close()
  })
})

it('narrowed to reading, it lists and calls nothing any more', async () => {
  const agent = await mintedBy(backend, [{ namespaces: NAMESPACE, operations: ['read', 'execute'], metadata: { userId: 'user-123' } }])
  const reader = await mintedBy(agent, [{ operations: 'read', ttl: '20m' }])
  expect(await idsSeenBy(reader)).toEqual(['github', 'notion'])
  await expect(echo(reader, 'github')).rejects.toThrow(PermissionDeniedError)
  await expect(echo(reader, 'of-somebody-else')).rejects.toThrow(NotFoundError)
  // What narrows cannot give back.
  const wider = await mintedBy(reader, [{ operations: ['read', 'write', 'execute'] }])
  await expect(echo(wider, 'github')).rejects.toThrow(PermissionDeniedError)
})

it('narrowed to another user it finds nothing at all', async () => {
  const agent = await mintedBy(backend, [{ namespaces: NAMESPACE, metadata: { userId: 'user-123' } }])
  const stranger = await mintedBy(agent, [{ metadata: { userId: 'user-456' } }])
  expect(await idsSeenBy(stranger)).toEqual([])
  await expect(echo(stranger, 'of-somebody-else')).rejects.toThrow(NotFoundError)
  await expect(echo(stranger, 'github')).rejects.toThrow(NotFoundError)
})

it('several grants are as many ways: a user’s own, the workspace’s, everybody’s', async () => {
  const grants: Record<string, string>[] = [{ userId: 'user-123' }, { workspaceId: 'ws-789' }, { scope: 'global' }]
  const common = { namespaces: NAMESPACE, resources: 'connections' as const, operations: ['read' as const, 'execute' as const] }
  const seen = ['github', 'notion', 'of-everybody', 'of-the-workspace']
  for (const policy of [grants.map((metadata) => ({ ...common, metadata })), [{ ...common, metadata: grants }]]) {
    const browser = await mintedBy(backend, policy)
    expect(await idsSeenBy(browser)).toEqual(seen)
    for (const connectionId of seen) expect(await echo(browser, connectionId)).toEqual(HI)
    for (const connectionId of ['of-somebody-else', 'of-another-workspace']) await expect(echo(browser, connectionId)).rejects.toThrow(NotFoundError)
  }
})

it('each grant has operations of its own: a workspace’s connections are called, the user’s own changed, too', async () => {
  const browser = await mintedBy(backend, [
    { namespaces: NAMESPACE, metadata: { userId: 'user-123' } },
    { namespaces: NAMESPACE, metadata: { workspaceId: 'ws-789' }, operations: ['read', 'execute'] },
  ])
  expect(await browser.connections.set('notion', { namespace: NAMESPACE, name: 'Notes' })).toMatchObject({ name: 'Notes' })
  expect(await echo(browser, 'of-the-workspace')).toEqual(HI)
  await expect(browser.connections.set('of-the-workspace', { namespace: NAMESPACE, name: 'Ours' })).rejects.toThrow(PermissionDeniedError)
})

it('all pairs of metadata must be there', async () => {
  const both = await mintedBy(backend, [{ namespaces: NAMESPACE, metadata: { userId: 'user-123', plan: 'free' } }])
  expect(await idsSeenBy(both)).toEqual(['notion'])
})

it('a token for one connection is for that one', async () => {
  const browser = await mintedBy(backend, [{ namespaces: NAMESPACE, metadata: { connectionId: 'github' } }])
  expect(await idsSeenBy(browser)).toEqual(['github'])
  expect(await echo(browser, 'github')).toEqual(HI)
  await expect(echo(browser, 'notion')).rejects.toThrow(NotFoundError)
})

it('a token lives as long as it says, and what is narrowed from it no longer', async () => {
  const { token, expiresAt } = await backend.tokens.create({ policy: [{ namespaces: NAMESPACE, ttl: '20s' }] })
  expect(Date.parse(String(expiresAt)) - plugboard.house.now()).toBe(20_000)
  const narrowed = await clientWith(token).tokens.create({ policy: [{ operations: 'read', ttl: '1h' }] })
  expect(narrowed.expiresAt).toEqual(expiresAt)
  plugboard.advance(20_000)
  for (const credential of [token, narrowed.token]) await expect(idsSeenBy(clientWith(credential))).rejects.toThrow('401')
})
