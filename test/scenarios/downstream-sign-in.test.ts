// MCP clients sign a member in at Plugboard itself: with the unmodified clients of both SDKs, from the endpoint's 401 to a
// tool's result, and on with a renewed token.
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client'
import { auth } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorizeAddress, registerApp, sendJson, testPerson, TestProvider, type TestPerson } from '../support/downstream-app.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { CLIENT } from '../support/mcp-clients.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

let running: RunningConsole
let upstream: FixtureUpstream
let person: TestPerson
let endpoint: URL

beforeAll(async () => {
  ;[running, upstream] = await Promise.all([startConsole(), startFixtureUpstream()])
  for (const id of ['it', 'other']) await running.send('PUT', `/${running.namespace}/${id}`, { mcpUrl: upstream.url, metadata: { team: 'blue' } })
  person = testPerson(running.url, await running.signIn())
  endpoint = new URL(`${running.url}/mcp/${running.namespace}`)
})
afterAll(() => Promise.all([running?.stop(), upstream?.stop()]))

const toolsOf = async (client: Pick<Client, 'listTools'>) => (await client.listTools()).tools.map(({ name }) => name)

describe('the unmodified client of SDK 1.x', () => {
  it('is told where to sign in, gets what was picked and nothing else, and renews its token', async () => {
    const provider = new TestProvider()
    const open = () => ({ client: new Client(CLIENT), transport: new StreamableHTTPClientTransport(endpoint, { authProvider: provider as never }) })
    const first = open()
    await expect(first.client.connect(first.transport)).rejects.toThrow(/unauthorized/i)
    const parameters = await person.allow(provider.address!)
    expect(parameters.get('iss')).toBe(running.url)
    await first.transport.finishAuth(parameters.get('code')!)

    const { client, transport } = open()
    await client.connect(transport as never)
    const tools = await toolsOf(client)
    expect(tools).toContain('it.echo')
    expect(tools.filter((name) => name.startsWith('other.'))).toEqual([])
    expect(await client.callTool({ name: 'it.echo', arguments: { text: 'hello' } })).toMatchObject({ content: [{ type: 'text' }] })

    const before = provider.saved.tokens
    expect(await auth(provider as never, { serverUrl: endpoint })).toBe('AUTHORIZED')
    expect(provider.saved.tokens).not.toEqual(before)
    expect(await toolsOf(client)).toEqual(tools)
    await client.close()
  })
})

describe('the unmodified client of SDK 2.x', () => {
  it('does the same, and checks who answered', async () => {
    const provider = new TestProvider()
    const open = () => ({ client: new ModernClient(CLIENT), transport: new ModernTransport(endpoint, { authProvider: provider as never }) })
    const first = open()
    await expect(first.client.connect(first.transport)).rejects.toThrow(/unauthorized/i)
    await first.transport.finishAuth(await person.allow(provider.address!, ['other']))
    const { client, transport } = open()
    await client.connect(transport)
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('other.echo')
    await client.close()
  })
})

describe('what a person sees and says', () => {
  it('signing in comes first and leads back; the page names who asks and where that leads, and has nothing picked', async () => {
    const address = authorizeAddress(running, await registerApp(running.url))
    const stranger = await testPerson(running.url).look(address)
    const signIn = new URL(stranger.headers.get('location')!, running.url)
    expect([signIn.pathname, signIn.searchParams.get('to')]).toEqual(['/sign-in', address.slice(running.url.length)])
    const { status, headers, body } = await person.look(address)
    expect(status).toBe(200)
    for (const part of ['Test app', '127.0.0.1:7777', running.namespace, 'ada@example.com']) expect(body.text).toContain(part)
    expect(body.text).not.toContain('checked=""')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:7777")
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('a no is told to the app, with its state', async () => {
    const { headers } = await person.answer(authorizeAddress(running, await registerApp(running.url)), [['decision', 'refuse']])
    const { searchParams, origin } = new URL(headers.get('location')!)
    expect([origin, searchParams.get('error'), searchParams.get('state'), searchParams.get('iss')]).toEqual(['http://127.0.0.1:7777', 'access_denied', 'of-the-app', running.url])
  })

  it('a yes without anything picked, and one from a page of another site, give nothing', async () => {
    const address = authorizeAddress(running, await registerApp(running.url))
    expect((await person.answer(address, [['decision', 'allow']])).status).toBe(400)
    const yes: [string, string][] = [['decision', 'allow'], ['connection', 'it']]
    expect((await person.answer(address, yes, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).status).toBe(403)
    expect((await person.answer(address, yes, {})).status).toBe(403)
    expect((await testPerson(running.url).answer(address, yes)).headers.get('location')).toMatch(/^\/sign-in\?/)
  })

  it('metadata stands for every connection that has it', async () => {
    const provider = new TestProvider()
    const transport = new StreamableHTTPClientTransport(endpoint, { authProvider: provider as never })
    await expect(new Client(CLIENT).connect(transport as never)).rejects.toThrow()
    const { headers } = await person.answer(provider.address!, [['decision', 'allow'], ['metadataKey', 'team'], ['metadataValue', 'blue']])
    await transport.finishAuth(new URL(headers.get('location')!).searchParams.get('code')!)
    const client = new Client(CLIENT)
    await client.connect(new StreamableHTTPClientTransport(endpoint, { authProvider: provider as never }) as never)
    expect(await toolsOf(client)).toEqual(expect.arrayContaining(['it.echo', 'other.echo']))
    await client.close()
  })
})

describe('metadata for programs', () => {
  it('is the same for each name, whether or not there is such a namespace, and readable from any web page', async () => {
    for (const name of [running.namespace, 'nobodys']) {
      const response = await fetch(`${running.url}/.well-known/oauth-protected-resource/mcp/${name}`)
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(await response.json()).toMatchObject({ resource: `${running.url}/mcp/${name}`, authorization_servers: [running.url] })
      const refused = await sendJson(`${running.url}/mcp/${name}`, {})
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, `Bearer resource_metadata="${response.url}"`])
    }
  })

  it('answers preflights of browsers, and refuses other methods in words', async () => {
    for (const path of ['/oauth/token', '/oauth/register', '/oauth/revoke', '/.well-known/oauth-authorization-server']) {
      const preflight = await fetch(running.url + path, { method: 'OPTIONS', headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' } })
      expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
      expect((await fetch(running.url + path, { method: 'DELETE' })).status).toBe(405)
    }
  })

  it('is asked for by the endpoint of a namespace alone', async () => {
    const { headers } = await sendJson(`${running.url}/connect/${running.namespace}/it/mcp`, {})
    expect(headers.get('www-authenticate')).toBe('Bearer')
  })
})
