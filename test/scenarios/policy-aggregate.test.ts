// The endpoint of a namespace, for whoever may use some of its connections, or call some of their tools: the others are not there,
// whichever way they are asked for.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { postMessage } from '../support/mcp-post.ts'
import { bearer, mintServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
let locked: FixtureUpstream
beforeAll(async () => {
  ;[plugboard, upstream, locked] = await Promise.all([startPlugboard(), startFixtureUpstream(), startFixtureUpstream({ apiKey: { in: 'header', name: 'x-key', value: 'right' } })])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/mine', { mcpUrl: upstream.url, metadata: { userId: '1' } })
  await plugboard.send('PUT', '/shop/theirs', { mcpUrl: upstream.url, name: 'theirs too', metadata: { userId: '2' } })
  // Names itself among those that cannot be asked.
  await plugboard.send('PUT', '/shop/theirs-locked', { mcpUrl: locked.url, metadata: { userId: '2' } })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop(), locked.stop()]))

const mint = async (policy: object) => (await mintServiceToken(plugboard, { policy: [policy] })).token
const ask = (token: string, method: string, params: object = {}, query = '') => postMessage(`${plugboard.url}/mcp/shop${query}`, { jsonrpc: '2.0', id: 1, method, params }, bearer(token))
const callTool = (token: string, name: string, given: object = {}, query = '') => ask(token, 'tools/call', { name, arguments: given }, query)
const namesIn = (listed: unknown) => (listed as { tools: { name: string }[] }).tools.map(({ name }) => name)
const SEARCH = '?tools=search'

describe('for one user', () => {
  const asked: [what: string, ask: (token: string) => ReturnType<typeof ask>][] = [
    ...['tools/list', 'resources/list', 'resources/templates/list', 'prompts/list', 'initialize', 'server/discover'].map((method): [string, (token: string) => ReturnType<typeof ask>] => [method, (token) => ask(token, method)]),
    ['plugboard_connections', (token) => callTool(token, 'plugboard_connections')],
    ['search_tools', (token) => callTool(token, 'search_tools', { query: 'echo theirs' }, SEARCH)],
  ]

  it.each(asked)('%s tells of nobody else’s', async (_what, send) => {
    const everything = await send(plugboard.key)
    const { status, answer } = await send(await mint({ metadata: { userId: '1' } }))
    expect([status, everything.status]).toEqual([200, 200])
    expect(JSON.stringify(answer)).not.toContain('theirs')
  })

  it('its own are there', async () => {
    const token = await mint({ metadata: { userId: '1' } })
    expect(JSON.stringify((await ask(token, 'tools/list')).answer)).toContain('"mine.echo"')
    expect((await callTool(token, 'plugboard_connections')).answer?.result?.structuredContent).toMatchObject({ connections: [{ connectionId: 'mine' }] })
    expect((await callTool(token, 'mine.echo', { text: 'hi' })).answer?.result).toMatchObject({ content: [{ text: 'hi' }] })
  })

  it.each<[string, (token: string, id: string) => ReturnType<typeof ask>]>([
    ['a call', (token, id) => callTool(token, `${id}.echo`)],
    ['a call through its wrapper', (token, id) => callTool(token, 'call_tool', { name: `${id}.echo` }, SEARCH)],
    ['a description', (token, id) => callTool(token, 'describe_tool', { name: `${id}.echo` }, SEARCH)],
    ['a prompt', (token, id) => ask(token, 'prompts/get', { name: `${id}.hello` })],
    ['a resource', (token, id) => ask(token, 'resources/read', { uri: `plugboard://${id}/x` })],
    ['a completion', (token, id) => ask(token, 'completion/complete', { ref: { type: 'ref/prompt', name: `${id}.hello` }, argument: { name: 'a', value: 'b' } })],
  ])('%s of somebody else’s reads like one of none', async (_what, send) => {
    const token = await mint({ metadata: { userId: '1' } })
    const before = upstream.requests.length
    const [there, notThere] = [await send(token, 'theirs'), await send(token, 'nowhere')]
    const plain = (answer: object | undefined) => JSON.stringify(answer).replaceAll(/req_\w+/g, '')
    expect(plain(there.answer)).toBe(plain(notThere.answer).replaceAll('nowhere', 'theirs'))
    expect(there.status).toBe(notThere.status)
    expect(upstream.requests.length).toBe(before)
  })
})

it.each([
  ['tools', { tools: 'echo' }],
  ['arguments', { arguments: { echo: { additionalProperties: true } } }],
])('limited by %s it lists, finds and describes what may be called', async (_limit, policy) => {
  const token = await mint({ ...policy, metadata: { connectionId: 'mine' } })
  const { answer } = await ask(token, 'tools/list')
  expect(namesIn(answer?.result)).toEqual(['plugboard_connections', 'mine.echo'])
  const found = await callTool(token, 'search_tools', { query: 'fixture' }, SEARCH)
  expect(namesIn(found.answer?.result?.structuredContent)).toEqual(['mine.echo'])
  expect(JSON.stringify((await callTool(token, 'describe_tool', { name: 'mine.fail' }, SEARCH)).answer)).not.toContain('inputSchema')
})
