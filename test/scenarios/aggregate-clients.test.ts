// The clients that people use, unmodified, at the endpoint of a namespace: tools, resources and prompts of all its connections.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Aggregate, startAggregate } from '../support/aggregate.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { connectClient, connectModernClient, type Endpoint } from '../support/mcp-clients.ts'
import { startStatelessServer } from '../support/mcp-stateless-server.ts'
import { type RealUpstream, startRealUpstream } from '../support/real-upstream.ts'

let aggregate: Aggregate
let everything: RealUpstream
let stateless: RealUpstream
let fixture: FixtureUpstream
beforeAll(async () => {
  ;[aggregate, everything, stateless, fixture] = await Promise.all([startAggregate(), startRealUpstream('everything'), startStatelessServer(), startFixtureUpstream()])
  await aggregate.connect('everything', everything.url)
  await aggregate.connect('modern', stateless.url)
  await aggregate.connect('fixture', fixture.url)
})
afterAll(() => Promise.all([aggregate.stop(), everything.stop(), stateless.stop(), fixture.stop()]))

const clients = [
  { client: 'the SDK 1.x client', connect: (endpoint: Endpoint) => connectClient(endpoint) },
  { client: 'the SDK 2.x client in legacy mode', connect: (endpoint: Endpoint) => connectModernClient(endpoint, 'legacy') },
  { client: 'the SDK 2.x client in auto mode', connect: (endpoint: Endpoint) => connectModernClient(endpoint, 'auto') },
] as const

const idsOf = (names: readonly string[]) => [...new Set(names.map((name) => name.split('.')[0]))]
const textOf = (result: unknown) => (result as { content: { text: string }[] }).content[0]!.text

it.each(clients)('$client lists and calls the tools of servers of every revision', async ({ connect }) => {
  const client = await connect(aggregate.endpoint)
  const { tools } = await client.listTools()
  expect(idsOf(tools.map(({ name }) => name))).toEqual(['plugboard_connections', 'everything', 'fixture', 'modern'])
  expect(textOf(await client.callTool({ name: 'fixture.echo', arguments: { text: 'hello' } }))).toBe('hello')
  expect(textOf(await client.callTool({ name: 'everything.get-sum', arguments: { a: 2, b: 40 } }))).toContain('42')
  const { content } = await client.callTool({ name: 'modern.test_multiple_content_types', arguments: {} })
  expect(content).not.toHaveLength(0)
  const structured = await client.callTool({ name: 'everything.get-structured-content', arguments: { location: 'New York' } })
  expect(structured.structuredContent).toMatchObject({ temperature: expect.any(Number) })
  await client.close()
})

it.each(clients)('$client reads resources and templates, and follows the links of a result', async ({ connect }) => {
  const client = await connect(aggregate.endpoint)
  const { resources } = await client.listResources()
  const one = resources.find(({ uri }) => uri.startsWith('plugboard://everything/'))!
  const read = await client.readResource({ uri: one.uri })
  expect(read.contents[0]!.uri).toBe(one.uri)
  const { resourceTemplates } = await client.listResourceTemplates()
  const template = resourceTemplates.find(({ uriTemplate }) => uriTemplate.includes('demo://resource/dynamic/text/'))!
  const filled = await client.readResource({ uri: template.uriTemplate.replace(/\{.*\}/, '1') })
  expect(filled.contents).toMatchObject([{ text: expect.stringContaining('Resource 1') }])
  const links = (await client.callTool({ name: 'everything.get-resource-links', arguments: { count: 2 } })).content as { type: string; uri?: string }[]
  const link = links.find(({ type }) => type === 'resource_link')!
  expect(link.uri).toMatch(/^plugboard:\/\/everything\//)
  expect((await client.readResource({ uri: link.uri! })).contents).toHaveLength(1)
  await client.close()
})

it.each(clients)('$client gets prompts, and completes their arguments', async ({ connect }) => {
  const client = await connect(aggregate.endpoint)
  const { prompts } = await client.listPrompts()
  expect(prompts.map(({ name }) => name)).toEqual(expect.arrayContaining(['everything.simple-prompt', 'modern.test_simple_prompt']))
  const { messages } = await client.getPrompt({ name: 'everything.args-prompt', arguments: { city: 'Paris' } })
  expect(JSON.stringify(messages)).toContain('Paris')
  const { completion } = await client.complete({ ref: { type: 'ref/prompt', name: 'everything.completable-prompt' }, argument: { name: 'department', value: 'E' } })
  expect(completion.values).toContain('Engineering')
  await client.close()
})

it('progress of a tool arrives at the client that asked for it', async () => {
  const client = await aggregate.client()
  const told: number[] = []
  await client.callTool({ name: 'fixture.progress', arguments: { steps: 3 } }, undefined, { onprogress: ({ progress }) => void told.push(progress) })
  await client.close()
  fixture.set({ sse: true })
  const again = await aggregate.client()
  await again.callTool({ name: 'fixture.progress', arguments: { steps: 3 } }, undefined, { onprogress: ({ progress }) => void told.push(progress) })
  await again.close()
  fixture.set({ sse: false })
  expect(told).toEqual([1, 2, 3])
})

it('a call that a client takes back is taken back upstream', async () => {
  const client = await aggregate.client()
  const abort = new AbortController()
  const calling = client.callTool({ name: 'fixture.slow', arguments: {} }, undefined, { signal: abort.signal })
  calling.catch(() => {})
  await fixture.request(({ message }) => message?.params?.name === 'slow')
  abort.abort()
  const { message } = await fixture.request(({ message }) => message?.method === 'notifications/cancelled')
  expect(message).toMatchObject({ params: { requestId: expect.any(Number) } })
  await expect(calling).rejects.toThrow()
  await client.close()
})
