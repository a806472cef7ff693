// A token that limits calls: what it names can be called and seen through every door, and nothing else leaves Plugboard.
import { createTRPCClient, httpLink } from '@trpc/client'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AppRouter } from '../../server/api/router.ts'
import type { AuditPage } from '../../server/history/audit-view.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { DOORS, openDoor, type Door } from '../support/four-doors.ts'
import { postMessage, type PostAnswer } from '../support/mcp-post.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let stateless: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream, stateless] = await Promise.all([startPlugboard(), startFixtureUpstream(), startFixtureUpstream({ era: 'stateless' })])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  await plugboard.send('PUT', '/shop/stateless', { mcpUrl: stateless.url })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop(), stateless.stop()]))
beforeEach(() => upstream.set({ sse: false }))

const mint = async (...policy: object[]) => (await mintServiceToken(plugboard, { policy })).token
const toolCalls = () => upstream.requests.filter(({ message }) => message?.method === 'tools/call').map(({ message }) => message!.params!.name)

async function callThrough(door: Door, token: string, tool: string, input: Record<string, unknown> = { text: 'hi' }) {
  const call = await openDoor({ ...plugboard, key: token }, door, 'it')
  const before = toolCalls().length
  const { status, code } = await call({ tool, arguments: input })
  return { status, code, sent: toolCalls().slice(before) }
}

const REFUSED = { status: 403, code: 'policy.call_forbidden', sent: [] }

describe.each(DOORS)('through %s', (door) => {
  it('a tool that is named can be called, and no other', async () => {
    const token = await mint({ tools: ['ech*', 'headers'] })
    expect(await callThrough(door, token, 'echo')).toMatchObject({ status: 200, sent: ['echo'] })
    for (const tool of ['fail', 'slow', 'Echo', 'xecho']) expect(await callThrough(door, token, tool)).toEqual(REFUSED)
  })

  it('arguments outside of the limits go nowhere', async () => {
    const token = await mint({ arguments: { echo: { properties: { text: { pattern: 'hello [a-z]+' } }, required: ['text'] } } })
    expect(await callThrough(door, token, 'echo', { text: 'hello you' })).toMatchObject({ status: 200, sent: ['echo'] })
    for (const input of [{}, { text: 'hello You' }, { text: ['hello you'] }, { text: 'hello you', more: 1 }, { text: 'hello you\n' }])
      expect(await callThrough(door, token, 'echo', input)).toEqual(REFUSED)
    expect(await callThrough(door, token, 'headers', {})).toEqual(REFUSED)
  })

  it('what is refused stands in the audit log', async () => {
    const since = (await plugboard.send<AuditPage>('GET', '/api/audit?result=denied')).body.entries.length
    expect(await callThrough(door, await mint({ tools: 'echo' }), 'fail')).toEqual(REFUSED)
    const { entries } = (await plugboard.send<AuditPage>('GET', '/api/audit?result=denied')).body
    expect(entries.slice(0, entries.length - since)).toMatchObject([{ action: 'access.request', code: 'policy.call_forbidden', actor: { kind: 'service_token' } }])
  })

  it('patterns over the message hold', async () => {
    const token = await mint({ rpcReqMatch: { 'params.name': 'echo|progress', 'params.arguments.text': 'a+' } })
    expect(await callThrough(door, token, 'echo', { text: 'aaa' })).toMatchObject({ status: 200, sent: ['echo'] })
    for (const text of ['b', 'aab', '', 1]) expect(await callThrough(door, token, 'echo', { text })).toEqual(REFUSED)
    expect(await callThrough(door, token, 'headers', { text: 'a' })).toEqual(REFUSED)
  })

  it('of several grants one is enough, and a narrowed token needs both of its policies', async () => {
    const either = await mint({ tools: 'echo' }, { tools: 'headers' })
    expect(await callThrough(door, either, 'headers')).toMatchObject({ status: 200 })
    const narrowed = (await mintServiceToken(plugboard, { policy: [{ tools: ['headers', 'fail'] }] }, either)).token
    expect(await callThrough(door, narrowed, 'headers')).toMatchObject({ status: 200 })
    for (const tool of ['echo', 'fail']) expect(await callThrough(door, narrowed, tool)).toEqual(REFUSED)
  })

  it('a token without write changes nothing, though its policy names no operations', async () => {
    const token = bearer(await mint({ tools: 'echo' }))
    expect((await plugboard.send('PUT', '/shop/it', { name: 'mine' }, token)).status).toBe(403)
  })
})

describe('through a watched call', () => {
  const watch = async (token: string, tool: string, input: object = {}) => {
    const headers = { ...bearer(token), 'content-type': 'application/json', 'trpc-accept': 'application/jsonl' }
    const body = JSON.stringify({ 0: { namespace: 'shop', connectionId: 'it', tool, arguments: input } })
    return (await fetch(`${plugboard.url}/trpc/tools.stream?batch=1`, { method: 'POST', headers, body })).text()
  }

  it.each([
    ['a tool', { tools: 'echo' }],
    ['its arguments', { arguments: { echo: { properties: { text: { const: 'hi' } } } } }],
    ['a pattern', { rpcReqMatch: { 'params.arguments.text': 'hi' } }],
  ])('the limits of %s hold', async (_what, policy) => {
    const token = await mint(policy)
    const before = toolCalls().length
    expect(await watch(token, 'echo', { text: 'hi' })).not.toContain('policy.')
    expect(await watch(token, 'fail', { text: 'ho' })).toContain('policy.call_forbidden')
    expect(toolCalls().slice(before)).toEqual(['echo'])
  })

  it('a budget is spent', async () => {
    const token = await mint({ calls: 1 })
    expect(await watch(token, 'echo')).not.toContain('policy.')
    expect(await watch(token, 'echo')).toContain('policy.budget_spent')
  })
})

const rpc = (method: string, params?: object, id: number | undefined = 1) => ({ jsonrpc: '2.0', ...(id !== undefined && { id }), method, ...(params && { params }) })
const post = (token: string, message: unknown, headers: Record<string, string> = {}): Promise<PostAnswer> =>
  postMessage(`${plugboard.url}/connect/shop/it/mcp`, message, { ...bearer(token), ...headers })
const namesIn = (tools: unknown) => (tools as { name: string }[]).map(({ name }) => name)
const INITIALIZE = rpc('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } })
const sessionOf = async (token: string) => ({ 'mcp-session-id': (await post(token, INITIALIZE)).headers.get('mcp-session-id')! })

describe('tools that cannot be called are not listed', () => {
  it.each([false, true])('on a shared session and in one of its own (as events: %s)', async (sse) => {
    upstream.set({ sse })
    const token = await mint({ tools: 'echo' }, { arguments: { 'h*': { additionalProperties: true } } })
    expect(namesIn((await post(token, rpc('tools/list'))).answer?.result?.tools)).toEqual(['echo', 'headers'])
    const session = await sessionOf(token)
    expect(namesIn((await post(token, rpc('tools/list'), session)).answer?.result?.tools)).toEqual(['echo', 'headers'])
  })

  it('over REST and tRPC', async () => {
    const token = bearer(await mint({ tools: 'echo' }))
    expect(namesIn((await plugboard.send<{ tools: unknown }>('GET', '/shop/it/.tools', undefined, token)).body.tools)).toEqual(['echo'])
    expect((await plugboard.send('GET', '/shop/it/.tools/fail', undefined, token)).status).toBe(404)
    const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${plugboard.url}/trpc`, headers: token })] })
    expect(namesIn((await client.tools.list.query({ namespace: 'shop', connectionId: 'it' })).tools)).toEqual(['echo'])
  })

  it('to a client of 2026-07-28 whose messages pass as they are', async () => {
    const token = await mint({ tools: 'echo' })
    const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientInfo': { name: 'c', version: '1' }, 'io.modelcontextprotocol/clientCapabilities': {} }
    const ask = (method: string, params: object, headers: Record<string, string>) =>
      postMessage(`${plugboard.url}/connect/shop/stateless/mcp`, rpc(method, { ...params, _meta: meta }), { ...bearer(token), 'mcp-protocol-version': '2026-07-28', ...headers })
    expect(namesIn((await ask('tools/list', {}, { 'mcp-method': 'tools/list' })).answer?.result?.tools)).toEqual(['echo'])
    // Headers of its own making say nothing: what is sent is made from what was judged.
    const answer = await ask('tools/call', { name: 'echo', arguments: { text: 'hi' } }, { 'mcp-method': 'tools/list', 'mcp-name': 'fail', 'mcp-param-x': 'y' })
    expect(answer.answer?.result).toMatchObject({ content: [{ text: 'hi' }] })
    expect(stateless.requests.at(-1)?.headers).toMatchObject({ 'mcp-method': 'tools/call', 'mcp-name': 'echo' })
    expect(stateless.requests.at(-1)?.headers['mcp-param-x']).toBeUndefined()
    const before = stateless.requests.length
    expect((await ask('tools/call', { name: 'fail' }, { 'mcp-method': 'tools/call', 'mcp-name': 'echo' })).status).toBe(403)
    expect(stateless.requests.length).toBe(before)
  })
})

describe('what is no tool call', () => {
  it.each(['resources/list', 'resources/read', 'prompts/get', 'completion/complete', 'logging/setLevel', 'tasks/list', 'subscriptions/listen', 'made/up', 'Tools/list'])(
    '%s is refused unless it is named',
    async (method) => {
      const token = await mint({ tools: 'echo' })
      const session = await sessionOf(token)
      const before = upstream.requests.length
      for (const headers of [{}, session]) expect((await post(token, rpc(method, {}), headers)).status).toBe(403)
      expect(upstream.requests.length).toBe(before)
    },
  )

  it('a named method passes', async () => {
    const token = await mint({ methods: ['resources/list', 'tools/call'] })
    // The fixture has none, and says so itself.
    expect((await post(token, rpc('resources/list'), await sessionOf(token))).answer?.error).toMatchObject({ code: -32601 })
    expect((await post(token, rpc('tools/list'))).status).toBe(403)
  })

  it('greeting, asking whether somebody is there and taking back are always possible', async () => {
    const token = await mint({ tools: 'none' })
    const session = await sessionOf(token)
    for (const message of [rpc('ping'), rpc('notifications/initialized', {}, undefined), rpc('notifications/cancelled', { requestId: 9 }, undefined)])
      expect((await post(token, message, session)).status).toBeLessThan(300)
  })

  it('an answer that nobody asked for goes nowhere', async () => {
    const token = await mint({ methods: ['sampling/createMessage', 'tools/call'] })
    const session = await sessionOf(token)
    const before = upstream.requests.length
    expect((await post(token, { jsonrpc: '2.0', id: 7, result: {} }, session)).status).toBe(403)
    expect(upstream.requests.length).toBe(before)
  })

  it('a message with two readings is refused before it is judged', async () => {
    const token = await mint({ tools: 'echo' })
    const twice = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","name":"fail"}}'
    expect((await post(token, twice)).status).toBe(400)
    expect((await post(token, JSON.stringify([rpc('tools/call', { name: 'echo' })]))).status).toBe(400)
  })
})
