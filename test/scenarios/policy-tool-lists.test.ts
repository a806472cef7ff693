// A list of tools is shown to whoever may call some of them only if it can be read: one that cannot is an error, on every way.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RpcMessage } from '../support/fixture-mcp.ts'
import { type HandDrivenSseServer, startHandDrivenSseServer } from '../support/hand-driven-sse-server.ts'
import { postMessage } from '../support/mcp-post.ts'
import { openSession } from '../support/mcp-wire-session.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type SpelledUpstream, startSpelledUpstream } from '../support/spelled-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: SpelledUpstream
let oldUpstream: HandDrivenSseServer
let token: string
beforeAll(async () => {
  ;[plugboard, upstream, oldUpstream] = await Promise.all([startPlugboard(), startSpelledUpstream(), startHandDrivenSseServer()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/it', { mcpUrl: upstream.url })
  await plugboard.send('PUT', '/shop/old', { mcpUrl: oldUpstream.url })
  token = (await mintServiceToken(plugboard, { policy: [{ tools: 'shown' }] })).token
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop(), oldUpstream.stop()]))

const LIST = { jsonrpc: '2.0', id: 7, method: 'tools/list' }
const INITIALIZE = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } } }

type Ask = () => Promise<string>
const FAILURE = /"code":"upstream\./

async function post(path: string, message: object, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(plugboard.url + path, {
    method: 'POST',
    headers: { ...bearer(token), 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify(message),
  })
  return response.text().catch(() => '')
}

/** Where we read the list ourselves, ours is the one that is shown; one server of many that fails costs the others nothing. */
const WAYS: [what: string, ask: Ask, outcome: RegExp][] = [
  ['on the shared session', () => post('/connect/shop/it/mcp', LIST), FAILURE],
  [
    'in a session of its own',
    async () => {
      const { headers } = await postMessage(`${plugboard.url}/connect/shop/it/mcp`, INITIALIZE, bearer(token))
      return post('/connect/shop/it/mcp', LIST, { 'mcp-session-id': headers.get('mcp-session-id')! })
    },
    FAILURE,
  ],
  ['at the endpoint of the namespace', () => post('/mcp/shop', LIST), /"tools"/],
  ['over REST', async () => JSON.stringify((await plugboard.send('GET', '/shop/it/.tools', undefined, bearer(token))).body), /upstream\.|"shown"/],
  ['over tRPC', async () => JSON.stringify((await plugboard.send('GET', `/trpc/tools.list?input=${encodeURIComponent('{"namespace":"shop","connectionId":"it"}')}`, undefined, bearer(token))).body), /upstream\.|"shown"/],
]

const answerWith = (result: string) => (id: string) => `{"jsonrpc":"2.0","id":${id},"result":${result}}`
const SECRET = '{"name":"secret","inputSchema":{"type":"object"}}'
const SHOWN = '{"name":"shown","inputSchema":{"type":"object"}}'

const UNREADABLE: [what: string, spell: (id: string) => string][] = [
  ['what is no tool among its tools', answerWith(`{"tools":[${SECRET},1]}`)],
  ['a tool without a name', answerWith(`{"tools":[{"title":"secret"}]}`)],
  ['tools that are no list', answerWith(`{"tools":{"0":${SECRET}}}`)],
  ['its tools twice', answerWith(`{"tools":[${SECRET}],"tools":[${SHOWN}]}`)],
  ['its result twice', (id) => `{"jsonrpc":"2.0","id":${id},"result":{"tools":[${SECRET}]},"result":{}}`],
  ['a comma too many', answerWith(`{"tools":[${SECRET},]}`)],
  ['half of it', (id) => `{"jsonrpc":"2.0","id":${id},"result":{"tools":[${SECRET}`],
  ['a list around it', (id) => `[{"jsonrpc":"2.0","id":${id},"result":{"tools":[${SECRET}]}}]`],
]

describe.each(WAYS)('%s', (_what, ask, outcome) => {
  beforeEach(() => void (upstream.asEvents = false))

  it.each([false, true])('tools that may not be called are left out of a list (as events: %s)', async (asEvents) => {
    upstream.asEvents = asEvents
    upstream.spell = answerWith(`{"tools":[${SECRET},${SHOWN},${SECRET}],"more":"kept"}`)
    const text = await ask()
    expect(text).toContain('shown')
    expect(text).not.toContain('secret')
  })

  it.each(UNREADABLE.flatMap(([name, spell]) => [false, true].map((asEvents): [string, boolean, (id: string) => string] => [name, asEvents, spell])))(
    'a list with %s is an error (as events: %s)',
    async (_name, asEvents, spell) => {
      upstream.asEvents = asEvents
      upstream.spell = spell
      const text = await ask()
      expect(text).not.toContain('secret')
      expect(text).toMatch(outcome)
    },
  )
})

describe('from a server of the first revision', () => {
  const open = (credential: string) => openSession({ url: new URL(`${plugboard.url}/connect/shop/old/mcp`), key: credential }, { roots: {} })

  it('one that cannot be read is an error of that request, and the session goes on', async () => {
    oldUpstream.onMessage = ({ id, method }, stream) => stream.say({ id, result: method === 'tools/list' ? { tools: [{ name: 'secret' }, 1] } : {} })
    const session = await open(token)
    const text = await (await session.post(LIST)).text()
    expect(text).toMatch(FAILURE)
    expect(text).not.toContain('secret')
    expect(await (await session.post({ jsonrpc: '2.0', id: 8, method: 'ping' })).json()).toMatchObject({ id: 8, result: {} })
  })

  it('a question is answered by those whose limits name it, once', async () => {
    const heard: RpcMessage[] = []
    oldUpstream.onMessage = (message, stream) => {
      heard.push(message)
      if (message.method === 'tools/call') stream.say({ id: 'asked', method: 'roots/list' }, { id: message.id, result: { content: [] } })
    }
    const call = { jsonrpc: '2.0', id: 9, method: 'tools/call', params: { name: 'shown' } }
    const answer = { jsonrpc: '2.0', id: 'asked', result: { roots: [] } }
    const statuses = async (policy: object) => {
      const session = await open((await mintServiceToken(plugboard, { policy: [policy] })).token)
      await (await session.post(call)).text()
      return [(await session.post(answer)).status, (await session.post(answer)).status]
    }
    expect(await statuses({ methods: ['tools/call', 'roots/list'] })).toEqual([202, 403])
    expect(await statuses({ tools: 'shown' })).toEqual([403, 403])
    expect(heard.filter(({ method }) => method === undefined)).toEqual([answer])
  })
})
