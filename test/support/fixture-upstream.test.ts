// The fixture is a measure for others, so it is measured first: by an unmodified client when it
// behaves, and by bare requests when it does not.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterEach, describe, expect, it } from 'vitest'
import type { FixtureKnobs } from './fixture-knobs.ts'
import { startFixtureUpstream, type FixtureUpstream } from './fixture-upstream.ts'
import { createGate } from './gate.ts'

let upstream: FixtureUpstream
afterEach(() => upstream.stop())

const rpc = (method: string, params: object = {}) => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
const send = (body: string, headers: Record<string, string> = {}) =>
  fetch(upstream.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body, redirect: 'manual' })
const echo = rpc('tools/call', { name: 'echo', arguments: { text: 'hello' } })

describe('an honest fixture', () => {
  it.each<[string, Partial<FixtureKnobs>, 'legacy' | 'auto', string]>([
    ['sessions and JSON', { sse: false }, 'legacy', 'legacy'],
    ['sessions and event streams', { sse: true }, 'legacy', 'legacy'],
    ['no session ids', { sessions: false }, 'legacy', 'legacy'],
    ['the stateless revision', { era: 'stateless' }, 'auto', 'modern'],
    ['both eras', { era: 'both', sse: true }, 'auto', 'modern'],
    ['compressed answers', { encoding: 'br' }, 'legacy', 'legacy'],
  ])('with %s serves the unmodified client', async (_, knobs, mode, era) => {
    upstream = await startFixtureUpstream(knobs)
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
    await client.connect(new StreamableHTTPClientTransport(upstream.url))
    expect(client.getProtocolEra()).toBe(era)
    expect((await client.listTools()).tools.map((tool) => tool.name)).toEqual(['echo', 'headers', 'progress', 'slow', 'fail'])
    expect(await client.callTool({ name: 'echo', arguments: { text: 'hello' } })).toMatchObject({ content: [{ type: 'text', text: 'hello' }] })
    await client.close()
  })

  it('sends progress before the answer and notifications on the open stream', async () => {
    upstream = await startFixtureUpstream({ sse: true, sessions: false })
    const answer = await send(rpc('tools/call', { name: 'progress', _meta: { progressToken: 7 } }))
    expect((await answer.text()).match(/"progress":\d/g)).toEqual(['"progress":1', '"progress":2', '"progress":3'])
    const stream = await fetch(upstream.url, { headers: { accept: 'text/event-stream' } })
    expect(upstream.notify('notifications/tools/list_changed')).toBe(1)
    const { value } = await stream.body!.getReader().read()
    expect(Buffer.from(value!).toString()).toContain('list_changed')
  })

  it('refuses a 2026-07-28 request whose headers disagree with its envelope', async () => {
    upstream = await startFixtureUpstream({ era: 'stateless' })
    const version = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' }
    const answer = await send(rpc('tools/list', { _meta: version }), { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'ping' })
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: -32020 } }])
  })
})

describe('a misbehaving fixture', () => {
  it('loses a session once, by 400 with the complaint of real servers', async () => {
    upstream = await startFixtureUpstream({ loseSession: 400 })
    const session = (await send(rpc('initialize'))).headers.get('mcp-session-id')!
    const lost = await send(echo, { 'mcp-session-id': session })
    expect([lost.status, await lost.text()]).toEqual([400, expect.stringContaining('No valid session ID')])
    expect((await send(rpc('initialize'))).status).toBe(200)
  })

  it.each<[string, Partial<FixtureKnobs>, number]>([
    ['asks for a key in a header', { apiKey: { in: 'header', name: 'X-Api-Key', value: 'k' } }, 401],
    ['asks for a key in the query', { apiKey: { in: 'query', name: 'key', value: 'k' } }, 401],
    ['redirects', { redirect: { status: 307, location: 'http://127.0.0.1:9/' } }, 307],
    ['sends no content', { noContent: true }, 204],
    ['quotes the request in an error', { echoSecrets: 500 }, 500],
    ['sends a page', { html: true }, 200],
  ])('%s', async (_, knobs, status) => {
    upstream = await startFixtureUpstream({ sessions: false, ...knobs })
    const answer = await send(echo)
    await answer.arrayBuffer()
    expect(answer.status).toBe(status)
  })

  it.each<[string, Partial<FixtureKnobs>]>([
    ['a reset before the head', { cutStream: 'before-head' }],
    ['a reset in the middle of JSON', { cutStream: 'reset' }],
    ['a reset in the middle of a stream', { cutStream: 'reset', sse: true }],
    ['JSON cut short', { cutStream: 'end' }],
    ['half a JSON document', { partialJson: true }],
  ])('%s fails the reader', async (_, knobs) => {
    upstream = await startFixtureUpstream({ sessions: false, ...knobs })
    await expect(send(echo).then((answer) => answer.json())).rejects.toThrow(/fetch failed|terminated|JSON/)
  })

  it('ends an event stream without the answer, or shows strangers first', async () => {
    upstream = await startFixtureUpstream({ sessions: false, sse: true, cutStream: 'end' })
    expect(await (await send(echo)).text()).toBe(': thinking\n\n')
    upstream.set({ cutStream: null, answerIds: 'strangers-first' })
    expect((await (await send(echo)).text()).match(/"id":[^,}]+/g)).toEqual(['"id":"foreign"', '"id":1'])
  })

  it('holds the head until the gate opens, and says that a caller left', async () => {
    const gate = createGate()
    upstream = await startFixtureUpstream({ sessions: false, slowHeaders: gate.opened })
    const waiting = send(echo)
    const recorded = await upstream.request((request) => request.body === echo)
    gate.open()
    expect((await waiting).status).toBe(200)
    expect(await recorded.over).toBe('answered')

    const leaving = new AbortController()
    const slow = fetch(upstream.url, { method: 'POST', body: rpc('tools/call', { name: 'slow' }), signal: leaving.signal }).catch(() => 'left')
    const second = await upstream.request((request) => request.body.includes('slow'))
    leaving.abort()
    expect(await slow).toBe('left')
    expect(await second.over).toBe('cut')
  })

  it('sends as many bytes as asked, plain or out of a small compressed body', async () => {
    upstream = await startFixtureUpstream({ sessions: false, hugeBody: 1_000_000 })
    expect((await (await send(echo)).arrayBuffer()).byteLength).toBe(1_000_000)
    upstream.set({ hugeBody: null, compressionBomb: { encoding: 'gzip', bytes: 1_000_000 } })
    expect((await (await send(echo)).arrayBuffer()).byteLength).toBe(1_000_000)
  })
})
