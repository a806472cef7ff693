// `?tools=search`: an agent finds, reads and calls tools that are too many to list, and what holds for a call holds for this way of calling.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Aggregate, startAggregate } from '../support/aggregate.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { connectClient, connectModernClient } from '../support/mcp-clients.ts'
import { mintServiceToken } from '../support/service-tokens.ts'

const PATH = '/mcp/shop?tools=search'
const MANY = Array.from({ length: 400 }, (_, index) => ({
  name: `tool_${index}`,
  description: index === 123 ? 'Sends an invoice to a customer' : 'Does something else',
  inputSchema: { type: 'object', properties: { amount: { type: 'integer' } } },
}))

let aggregate: Aggregate
let upstream: FixtureUpstream
let other: FixtureUpstream
beforeAll(async () => {
  ;[aggregate, upstream, other] = await Promise.all([startAggregate(), startFixtureUpstream({ extraTools: MANY }), startFixtureUpstream({ era: 'stateless' })])
  await aggregate.connect('billing', upstream.url)
  await aggregate.connect('wiki', other.url)
})
afterAll(() => Promise.all([aggregate.stop(), upstream.stop(), other.stop()]))

const REFUSED = { error: { data: { code: expect.stringMatching(/^policy\.(call_)?forbidden$/) } } }

const ask = (name: string, given: object, key = aggregate.plugboard.key) =>
  aggregate.post({ method: 'tools/call', params: { name, arguments: given } }, { path: PATH, key })
const valueOf = async (name: string, given: object) => (await ask(name, given)).answer!.result!.structuredContent as Record<string, unknown>

it('lists its own tools alone, however many the connections have', async () => {
  const { answer } = await aggregate.post({ method: 'tools/list' }, { path: PATH })
  expect((answer!.result!.tools as { name: string }[]).map(({ name }) => name)).toEqual(['search_tools', 'describe_tool', 'call_tool', 'plugboard_connections'])
})

it('finds a tool by words of its description, describes it and calls it', async () => {
  const client = await connectClient({ ...aggregate.endpoint, url: new URL(`${aggregate.plugboard.url}${PATH}`) })
  const found = await client.callTool({ name: 'search_tools', arguments: { query: 'invoice customer', limit: 3 } })
  expect(found.structuredContent).toEqual({ tools: [{ name: 'billing.tool_123', description: 'Sends an invoice to a customer' }] })
  const described = await client.callTool({ name: 'describe_tool', arguments: { name: 'billing.tool_123' } })
  expect(described.structuredContent).toEqual({ tool: { ...MANY[123], name: 'billing.tool_123' } })
  const called = await client.callTool({ name: 'call_tool', arguments: { name: 'billing.echo', arguments: { text: 'hello' } } })
  expect(called.content).toEqual([{ type: 'text', text: 'hello' }])
  await client.close()
})

it('calls tools of every revision for clients of every revision', async () => {
  const client = await connectModernClient({ ...aggregate.endpoint, url: new URL(`${aggregate.plugboard.url}${PATH}`) }, 'auto')
  for (const name of ['billing.echo', 'wiki.echo']) {
    const { content } = await client.callTool({ name: 'call_tool', arguments: { name, arguments: { text: name } } })
    expect(content).toEqual([{ type: 'text', text: name }])
  }
  await client.close()
})

it('puts the tool of that very name first', async () => {
  const { tools } = await valueOf('search_tools', { query: 'echo' })
  expect(tools).toMatchObject([{ name: 'billing.echo' }, { name: 'wiki.echo' }])
})

it.each([
  ['search_tools', {}],
  ['search_tools', { query: 'x', limit: 1000 }],
  ['search_tools', { query: 'x', more: 1 }],
  ['describe_tool', { name: 'billing.nothing' }],
  ['describe_tool', { name: 'nobody.echo' }],
])('tells the model what is wrong with %s %j', async (name, given) => {
  const { status, answer } = await ask(name, given)
  expect({ status, result: answer?.result }).toMatchObject({ status: 200, result: { isError: true, content: [{ type: 'text', text: expect.any(String) }] } })
})

it.each([{}, { name: 7 }, { name: 'call_tool' }, { name: 'nobody.echo' }, { name: 'search_tools' }])('refuses to call %j, as it would without a wrapper', async (given) => {
  expect((await ask('call_tool', given)).answer?.error).toMatchObject({ code: -32602, data: { code: 'aggregate.unknown_tool' } })
})

it('sends the server its own tool with these arguments, and nothing of the wrapper', async () => {
  const before = upstream.requests.length
  await aggregate.post(
    { method: 'tools/call', params: { _meta: { progressToken: 'p', 'example.com/trace': 'kept' }, name: 'call_tool', arguments: { name: 'billing.echo', arguments: { text: 'plain' } } } },
    { path: PATH },
  )
  const { message } = upstream.requests.slice(before).at(-1)!
  expect(message!.params).toEqual({ name: 'echo', arguments: { text: 'plain' }, _meta: { progressToken: expect.any(Number), 'example.com/trace': 'kept' } })
})

it('holds limits against the tool that is called, and not against its wrapper', async () => {
  const mint = async (policy: object) => (await mintServiceToken(aggregate.plugboard, { policy: [{ resources: ['connections'], ...policy }] })).token
  const callAs = async (key: string, name: string, given: object) => (await ask('call_tool', { name, arguments: given }, key)).answer!
  const echoOnly = await mint({ tools: ['echo'] })
  expect(await callAs(echoOnly, 'billing.echo', { text: 'mine' })).toMatchObject({ result: { content: [{ text: 'mine' }] } })
  expect(await callAs(echoOnly, 'billing.fail', {})).toMatchObject(REFUSED)
  const wrapperOnly = await mint({ tools: ['call_tool'] })
  expect(await callAs(wrapperOnly, 'billing.echo', {})).toMatchObject(REFUSED)
  const short = await mint({ arguments: { echo: { properties: { text: { type: 'string', maxLength: 3 } } } } })
  expect(await callAs(short, 'billing.echo', { text: 'abc' })).toMatchObject({ result: { content: [{ text: 'abc' }] } })
  expect(await callAs(short, 'billing.echo', { text: 'abcd' })).toMatchObject(REFUSED)
})

it('spends a budget of one call once at most, however it is called', async () => {
  const { token } = await mintServiceToken(aggregate.plugboard, { policy: [{ resources: ['connections'], calls: 1 }] })
  const before = upstream.requests.length
  for (const path of [PATH, '/mcp/shop', PATH]) {
    await aggregate.post({ method: 'tools/call', params: path === PATH ? { name: 'call_tool', arguments: { name: 'billing.echo' } } : { name: 'billing.echo' } }, { path, key: token })
  }
  expect(upstream.requests.slice(before).filter(({ message }) => message?.method === 'tools/call').length).toBeLessThanOrEqual(1)
})
