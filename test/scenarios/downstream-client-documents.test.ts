// MCP clients that are described by a document at the address which is their client id: no registration, and a host that
// vouches for them. Whoever wrote that address is a stranger, and so is whoever answers there.
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findDownstreamClient } from '../../db/queries/downstream-clients.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../server/lib/units.ts'
import { DOCUMENT_ORIGIN, type DocumentServer, type ServedDocument, startDocumentServer } from '../support/document-server.ts'
import { authorizeAddress, CALLBACK, codeFields, refreshFields, sendForm, sendJson, testPerson, TestProvider, type TestPerson } from '../support/downstream-app.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { CLIENT } from '../support/mcp-clients.ts'
import { type RunningConsole, startConsole } from '../support/start-console.ts'

let running: RunningConsole
let upstream: FixtureUpstream
let documents: DocumentServer
let person: TestPerson
let endpoint: URL
let served = 0

beforeAll(async () => {
  ;[documents, upstream] = await Promise.all([startDocumentServer(), startFixtureUpstream()])
  running = await startConsole(documents.options)
  await running.send('PUT', `/${running.namespace}/it`, { mcpUrl: upstream.url })
  endpoint = new URL(`${running.url}/mcp/${running.namespace}`)
})
beforeEach(async () => {
  // Time passes in these tests: what counts within an hour, or a session's life, starts anew.
  running.plugboard.advance(HOUR_MS)
  person = testPerson(running.url, await running.signIn())
})
afterAll(() => Promise.all([running?.stop(), upstream?.stop(), documents?.stop()]))

/** A client of its own for each test, described there. @returns its id */
function describeClient(changes: Record<string, unknown> = {}, served_: Partial<ServedDocument> = {}): string {
  const path = `/client-${++served}.json`
  const clientId = DOCUMENT_ORIGIN + path
  documents.serve(path, { body: { client_id: clientId, client_name: 'Test app', redirect_uris: [CALLBACK], ...changes }, ...served_ })
  return clientId
}

const timesAsked = (clientId: string) => documents.asked.filter((path) => DOCUMENT_ORIGIN + path === clientId).length
const token = (fields: Record<string, string>) => sendForm(`${running.url}/oauth/token`, fields)

describe('an unmodified client that has a document', () => {
  it('of SDK 1.x: gets to a tool without registering, and on with a renewed token', async () => {
    const provider = new TestProvider()
    provider.clientMetadataUrl = describeClient()
    const open = () => ({ client: new Client(CLIENT), transport: new StreamableHTTPClientTransport(endpoint, { authProvider: provider as never }) })
    const first = open()
    await expect(first.client.connect(first.transport as never)).rejects.toThrow(/unauthorized/i)
    expect(provider.saved.client).toMatchObject({ client_id: provider.clientMetadataUrl })
    await first.transport.finishAuth((await person.allow(provider.address!)).get('code')!)
    const { client, transport } = open()
    await client.connect(transport as never)
    expect(await client.callTool({ name: 'it.echo', arguments: { text: 'hello' } })).toMatchObject({ content: [{ type: 'text' }] })
    await client.close()
    const { refresh_token } = provider.saved.tokens as unknown as { refresh_token: string }
    expect((await token(refreshFields(provider.clientMetadataUrl, refresh_token))).status).toBe(200)
  })

  it('of SDK 2.x: does the same, and checks who answered', async () => {
    const provider = new TestProvider()
    provider.clientMetadataUrl = describeClient()
    const open = () => ({ client: new ModernClient(CLIENT), transport: new ModernTransport(endpoint, { authProvider: provider as never }) })
    const first = open()
    await expect(first.client.connect(first.transport)).rejects.toThrow(/unauthorized/i)
    await first.transport.finishAuth(await person.allow(provider.address!))
    const { client, transport } = open()
    await client.connect(transport)
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('it.echo')
    await client.close()
    expect(timesAsked(provider.clientMetadataUrl)).toBe(1)
  })
})

describe('what a person sees', () => {
  it('is the host that vouches first, then what the app calls itself, and that any program could be on their own machine', async () => {
    const { status, body } = await person.look(authorizeAddress(running, describeClient({ client_name: 'Bank' })))
    expect(status).toBe(200)
    for (const part of ['Let the app of mcp.example in?', 'calls itself Bank', '127.0.0.1:7777, a program on this computer', 'Any program on this computer']) {
      expect(String(body.text).replaceAll('<!-- -->', '')).toContain(part)
    }
  })

  it('and finds in the list of apps afterwards', async () => {
    const clientId = describeClient({ client_name: 'Found again' })
    const code = (await person.allow(authorizeAddress(running, clientId))).get('code')!
    await token(codeFields(clientId, code))
    expect((await running.asOwner.account.apps())[0]).toMatchObject({ clientName: 'Found again', clientHost: 'mcp.example', redirectHost: new URL(CALLBACK).host })
  })
})

describe('a document', () => {
  it('is not fetched for strangers, who are asked to sign in', async () => {
    const clientId = describeClient()
    const address = authorizeAddress(running, clientId)
    expect((await testPerson(running.url).look(address)).headers.get('location')).toMatch(/^\/sign-in\?/)
    expect((await testPerson(running.url).answer(address, [['decision', 'allow'], ['connection', 'it']])).headers.get('location')).toMatch(/^\/sign-in\?/)
    expect(timesAsked(clientId)).toBe(0)
  })

  it('is not fetched for who shows a code or a token', async () => {
    const clientId = describeClient()
    expect((await token(codeFields(clientId, 'any'))).body.error).toBe('invalid_client')
    expect((await sendForm(`${running.url}/oauth/revoke`, { client_id: clientId, token: 'any' })).status).toBe(200)
    expect(timesAsked(clientId)).toBe(0)
  })

  it('counts as long as it says, five minutes at least and a day at most', async () => {
    const [silent, long] = [describeClient(), describeClient({}, { headers: { 'cache-control': 'max-age=31536000' } })]
    const look = async () => {
      person = testPerson(running.url, await running.signIn())
      for (const clientId of [silent, long]) expect((await person.look(authorizeAddress(running, clientId))).status).toBe(200)
      return [timesAsked(silent), timesAsked(long)]
    }
    expect(await look()).toEqual([1, 1])
    running.plugboard.advance(5 * MINUTE_MS - 1)
    expect(await look()).toEqual([1, 1])
    running.plugboard.advance(1)
    expect(await look()).toEqual([2, 1])
    running.plugboard.advance(DAY_MS - 5 * MINUTE_MS)
    expect(await look()).toEqual([3, 2])
  })

  it('that has changed is believed when somebody signs in next, and a grant from before goes on', async () => {
    const clientId = describeClient()
    const path = new URL(clientId).pathname
    const code = (await person.allow(authorizeAddress(running, clientId))).get('code')!
    const { refresh_token } = (await token(codeFields(clientId, code))).body
    documents.serve(path, { body: { client_id: clientId, redirect_uris: ['https://elsewhere.example/callback'] } })
    running.plugboard.advance(5 * MINUTE_MS)
    expect((await person.look(authorizeAddress(running, clientId))).status).toBe(400)
    documents.serve(path, { status: 404, body: {} })
    running.plugboard.advance(5 * MINUTE_MS)
    expect((await person.look(authorizeAddress(running, clientId))).status).toBe(400)
    expect((await token(refreshFields(clientId, refresh_token))).status).toBe(200)
  })

  it('that nobody let in is forgotten after a day, and one that somebody did is kept', async () => {
    const [used, unused] = [describeClient(), describeClient()]
    await person.allow(authorizeAddress(running, used))
    await person.look(authorizeAddress(running, unused))
    running.plugboard.advance(DAY_MS + 1)
    await running.plugboard.tick()
    const { db } = running.plugboard.house
    expect([await findDownstreamClient(db, used), await findDownstreamClient(db, unused)]).toEqual([expect.objectContaining({ id: used }), undefined])
  })

  it.each<[what: string, changes: Record<string, unknown>, served: Partial<ServedDocument>, status: number]>([
    ['names another client', { client_id: `${DOCUMENT_ORIGIN}/other.json` }, {}, 400],
    ['lists other redirect URIs', { redirect_uris: ['https://app.example/callback'] }, {}, 400],
    ['wants to prove itself with a key', { token_endpoint_auth_method: 'private_key_jwt' }, {}, 400],
    ['is larger than 5 KB', { padding: 'a'.repeat(5200) }, {}, 400],
    ['is a page', {}, { headers: { 'content-type': 'text/html' } }, 400],
    ['is no JSON', {}, { body: '{' }, 400],
    ['has moved', {}, { status: 302, headers: { location: `${DOCUMENT_ORIGIN}/client-1.json` } }, 502],
  ])('that %s lets nobody in, and sends nobody anywhere', async (_what, changes, served_, status) => {
    const address = authorizeAddress(running, describeClient(changes, served_))
    const looked = await person.look(address)
    const answered = await person.answer(address, [['decision', 'allow'], ['connection', 'it']])
    expect([looked.status, looked.headers.get('location'), answered.status, answered.headers.get('location')]).toEqual([status, null, status, null])
  })
})

describe('an address', () => {
  it.each(['https://localhost/client.json', 'https://127.0.0.1/client.json', 'https://[::1]/client.json', 'https://10.0.0.1/client.json', 'https://169.254.169.254/latest/meta-data', 'https://printer.local/client.json', 'https://[::ffff:127.0.0.1]/a'])(
    'in our own network is not asked, and reads like one that does not answer: %s',
    async (clientId) => {
      const { status, body } = await person.look(authorizeAddress(running, new URL(clientId).href))
      expect([status, String(body.text)]).toEqual([502, expect.stringContaining('could not be read at its address')])
    },
  )

  it.each(['http://mcp.example/client-1.json', `${DOCUMENT_ORIGIN}`, `${DOCUMENT_ORIGIN}/`, `${DOCUMENT_ORIGIN}/a/../client-1.json`, `${DOCUMENT_ORIGIN}/client-1.json#`, 'https://me@mcp.example/client-1.json', 'javascript:alert(1)', 'app:1'])(
    'that may name no client is refused to members and strangers alike, and nobody is asked: %s',
    async (clientId) => {
      const before = documents.asked.length
      for (const who of [person, testPerson(running.url)]) {
        const { status, headers } = await who.look(authorizeAddress(running, clientId))
        expect([status, headers.get('location')]).toEqual([400, null])
      }
      expect(documents.asked.length).toBe(before)
    },
  )

  it('is looked up for thirty apps in an hour, and what is known needs no look', async () => {
    const known = describeClient()
    for (let times = 0; times < 30; times++) await person.look(authorizeAddress(running, times === 0 ? known : describeClient()))
    const refused = await person.look(authorizeAddress(running, describeClient()))
    expect([refused.status, timesAsked(`${DOCUMENT_ORIGIN}/client-${served}.json`)]).toEqual([429, 0])
    expect((await person.look(authorizeAddress(running, known))).status).toBe(200)
  })
})

it('the metadata says that such clients are welcome, and registration gives out no such id', async () => {
  const metadata = await (await fetch(`${running.url}/.well-known/oauth-authorization-server`)).json()
  expect(metadata).toMatchObject({ client_id_metadata_document_supported: true, token_endpoint_auth_methods_supported: ['none'] })
  const { body } = await sendJson(`${running.url}/oauth/register`, { client_id: describeClient(), redirect_uris: [CALLBACK] })
  expect(body.client_id).toMatch(/^app_/)
})
