// The dialect's own client, unmodified: an app leaves the hosted service by changing two URLs.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import Smithery, { ConflictError, NotFoundError, PermissionDeniedError } from '@smithery/api'
import { createConnection } from '@smithery/api/mcp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
/** Method and path of what the clients sent. */
const sent: string[] = []

beforeAll(async () => {
  const extraTools = [{ name: 'issues.create', inputSchema: { type: 'object' } }]
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream({ extraTools })])
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

function dialectClient(mount: string, apiKey = plugboard.key): Smithery {
  return new Smithery({
    apiKey,
    baseURL: plugboard.url,
    connectBaseURL: plugboard.url + mount,
    fetch: (input, init) => {
      sent.push(`${init?.method?.toUpperCase() ?? 'GET'} ${new URL(String(input)).pathname}`)
      return fetch(input, init)
    },
  })
}

describe.each([
  ['under /connect, as recommended', '/connect', 'connect'],
  ['at the root', '', 'root'],
])('the client with connections %s', (_where, mount, prefix) => {
  let namespace: string
  let tests = 0
  beforeEach(() => {
    namespace = `at-${prefix}-${++tests}`
  })

  async function withWiki(): Promise<Smithery> {
    const client = dialectClient(mount)
    await client.namespaces.set(namespace)
    await client.connections.set('wiki', { namespace, mcpUrl: upstream.url.href })
    return client
  }

  it('keeps connections', async () => {
    const client = dialectClient(mount)
    expect(await client.namespaces.set(namespace)).toMatchObject({ name: namespace })
    const wiki = { mcpUrl: upstream.url.href, metadata: { userId: 'u1' }, headers: { 'x-key': 's3cret' } }
    const made = await client.connections.set('wiki', { namespace, ...wiki })
    expect(made).toMatchObject({ connectionId: 'wiki', status: { state: 'connected' }, serverInfo: { name: 'fixture-upstream' } })
    const generated = await client.connections.create(namespace, { mcpUrl: upstream.url.href })
    expect(generated.connectionId).toMatch(/^[a-z]+-[a-z]+-\w{4}$/)
    const { connections } = await client.connections.list(namespace, null, { query: { metadata: { userId: 'u1' } } })
    expect(connections.map((each) => each.connectionId)).toEqual(['wiki'])
    expect(await client.connections.get('wiki', { namespace })).toEqual({ ...made, lastUsedAt: null })
    expect(await client.connections.delete(generated.connectionId, { namespace })).toEqual({ success: true })
    await expect(client.connections.get(generated.connectionId, { namespace })).rejects.toThrow(NotFoundError)
  })

  it('calls tools, with dots in their names', async () => {
    const client = await withWiki()
    expect((await client.connections.tools.list('wiki', { namespace })).tools.map((tool) => tool.name)).toContain('echo')
    const result = await client.connections.tools.call('echo', { namespace, connectionId: 'wiki', body: { text: 'hello' } })
    expect(result).toEqual({ content: [{ type: 'text', text: 'hello' }] })
    const wiki = { namespace, connectionId: 'wiki' }
    expect(await client.connections.tools.get('issues.create', wiki)).toMatchObject({ name: 'issues.create' })
    expect(await client.connections.tools.get('issues', wiki)).toMatchObject({ tools: [{ name: 'issues.create' }] })
  })

  it('mints a token that lists what it may see and nothing else, and narrows it', async () => {
    const client = await withWiki()
    for (const userId of ['1', '2']) await client.connections.set(`of-${userId}`, { namespace, mcpUrl: upstream.url.href, metadata: { userId } })
    const { token, expiresAt } = await client.tokens.create({ policy: [{ namespaces: namespace, operations: ['read', 'execute'], metadata: { userId: '1' }, ttl: '10m' }] })
    expect(Date.parse(String(expiresAt))).toBe(plugboard.house.now() + 600_000)
    const browser = dialectClient(mount, token)
    expect((await browser.connections.list(namespace)).connections.map(({ connectionId }) => connectionId)).toEqual(['of-1'])
    expect((await browser.namespaces.list()).namespaces.map(({ name }) => name)).toEqual([namespace])
    expect(await browser.connections.tools.call('echo', { namespace, connectionId: 'of-1', body: { text: 'hi' } })).toMatchObject({ content: [{ text: 'hi' }] })
    await expect(browser.connections.get('of-2', { namespace })).rejects.toThrow(NotFoundError)
    await expect(browser.connections.delete('of-1', { namespace })).rejects.toThrow(PermissionDeniedError)
    const reader = dialectClient(mount, (await browser.tokens.create({ policy: [{ operations: 'read' }] })).token)
    expect((await reader.connections.list(namespace)).connections).toHaveLength(1)
    await expect(reader.connections.tools.call('echo', { namespace, connectionId: 'of-1', body: {} })).rejects.toThrow(PermissionDeniedError)
  })

  it('hears of a conflict once, and does not try again', async () => {
    const client = await withWiki()
    sent.length = 0
    await expect(client.connections.set('wiki', { namespace, mcpUrl: 'http://127.0.0.1:9/mcp' })).rejects.toThrow(ConflictError)
    expect(sent).toEqual([`PUT ${mount}/${namespace}/wiki`])
  })
})

it('the client\'s list of namespaces comes to an end', async () => {
  const client = dialectClient('', (await plugboard.createKey()).key)
  for (const name of ['one', 'two']) await client.namespaces.set(name)
  const names: string[] = []
  for await (const namespace of client.namespaces.list()) names.push(namespace.name)
  expect(names.toSorted()).toEqual(['one', 'two'])
})

describe('createConnection', () => {
  beforeAll(() => plugboard.send('PUT', '/namespaces/apps'))

  async function echo(options: Parameters<typeof createConnection>[0]) {
    const { transport, connectionId } = await createConnection(options)
    const client = new Client({ name: 'app', version: '1.0.0' })
    await client.connect(transport)
    const result = await client.callTool({ name: 'echo', arguments: { text: 'through the client' } })
    await client.close()
    return { result, connectionId }
  }

  it('makes a connection in the first namespace and calls its tools', async () => {
    const { result } = await echo({ client: dialectClient('/connect'), mcpUrl: upstream.url.href })
    expect(result).toMatchObject({ content: [{ type: 'text', text: 'through the client' }] })
  })

  it('makes the namespace too if there is none', async () => {
    const newcomer = await plugboard.createKey()
    const client = new Smithery({ apiKey: newcomer.key, baseURL: plugboard.url, connectBaseURL: `${plugboard.url}/connect` })
    expect((await echo({ client, mcpUrl: upstream.url.href })).result).toMatchObject({ content: [{ text: 'through the client' }] })
    expect((await client.namespaces.list()).namespaces).toHaveLength(1)
  })

  it.each([false, true])('finds a connection again by its id (handshake: %s)', async (handshake) => {
    const connectionId = `found-${handshake}`
    const options = { client: dialectClient('/connect'), namespace: 'apps', connectionId, mcpUrl: upstream.url.href, handshake }
    for (const _time of ['made', 'found again']) {
      expect(await echo(options)).toMatchObject({ connectionId, result: { content: [{ text: 'through the client' }] } })
    }
  })

  it('says that a connection does not exist', async () => {
    const options = { client: dialectClient('/connect'), namespace: 'apps', connectionId: 'nobody' }
    await expect(createConnection(options)).rejects.toThrow('404 Connection not found')
  })
})
