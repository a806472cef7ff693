import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

const named = (name: string) => ({ name, inputSchema: { type: 'object' }, 'x-vendor': name })

let plugboard: RunningPlugboard
let upstream: FixtureUpstream

/** The name that the MCP server was asked for last. */
const lastCalled = () => upstream.requests.findLast((request) => request.message?.method === 'tools/call')?.message?.params?.name

beforeAll(async () => {
  const extraTools = ['issues.create', 'issues.list', 'repo/issues', 'a/b', 'a.b', 'spaced name'].map(named)
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream({ extraTools })])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/wiki', { mcpUrl: upstream.url.href })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

describe.each(['', '/connect'])('tools under "%s/{namespace}"', (mount) => {
  const tools = `${mount}/shop/wiki/.tools`

  it('are listed as the MCP server describes them, unknown members included', async () => {
    const { status, body } = await plugboard.send<{ tools: { name: string }[] }>('GET', tools)
    expect(status).toBe(200)
    expect(body.tools).toContainEqual(named('issues.create'))
    expect(body.tools.map((tool) => tool.name)).toContain('echo')
  })

  it('answer a call with what the MCP server answered', async () => {
    const { status, body } = await plugboard.send('POST', `${tools}/echo`, { text: 'hello' })
    expect({ status, body }).toEqual({ status: 200, body: { content: [{ type: 'text', text: 'hello' }] } })
  })

  it('take no body as no arguments', async () => {
    expect(await plugboard.send('POST', `${tools}/echo`)).toMatchObject({ status: 200 })
  })

  it('answer a tool that failed with its result: the call itself worked', async () => {
    expect(await plugboard.send('POST', `${tools}/fail`, { text: 'no' })).toMatchObject({ status: 200, body: { isError: true } })
  })
})

describe('a tool\'s name in a path', () => {
  it.each([
    ['issues.create', 'issues.create'],
    ['issues/create', 'issues.create'],
    ['repo%2Fissues', 'repo/issues'],
    // Exactly this name wins over the dotted reading, and the dotted one can still be written.
    ['a/b', 'a/b'],
    ['a%2Fb', 'a/b'],
    ['a.b', 'a.b'],
    ['spaced%20name', 'spaced name'],
    ['not/listed', 'not.listed'],
  ])('%s calls %s', async (path, name) => {
    await plugboard.send('POST', `/shop/wiki/.tools/${path}`, {})
    expect(lastCalled()).toBe(name)
  })

  it.each(['issues.create', 'issues/create'])('%s shows that tool', async (path) => {
    expect(await plugboard.send('GET', `/shop/wiki/.tools/${path}`)).toMatchObject({ status: 200, body: named('issues.create') })
  })

  it('shows the tools of a category', async () => {
    const { body } = await plugboard.send('GET', '/shop/wiki/.tools/issues')
    expect(body).toEqual({ tools: [named('issues.create'), named('issues.list')] })
    expect((await plugboard.send('GET', '/shop/wiki/.tools/repo/')).body).toEqual({ tools: [named('repo/issues')] })
  })

  it('that is neither tool nor category is 404', async () => {
    expect(await plugboard.send('GET', '/shop/wiki/.tools/nothing')).toMatchObject({ status: 404, body: { code: 'tool.not_found' } })
  })

  it('that is not valid percent-encoding is refused', async () => {
    expect(await plugboard.send('GET', '/shop/wiki/.tools/%ff')).toMatchObject({ status: 400 })
  })
})

describe('a call', () => {
  it('of a connection that does not exist is 404', async () => {
    expect(await plugboard.send('POST', '/shop/nobody/.tools/echo', {})).toMatchObject({ status: 404, body: { error: 'not_found' } })
  })

  it.each([[[1]], ['text'], [null], [7]])('with arguments that are no object (%j) is refused', async (body) => {
    // Calls alone: what an earlier test left behind, such as a cancellation, may still be arriving.
    const calls = () => upstream.requests.filter((request) => request.message?.method === 'tools/call').length
    const before = calls()
    const refused = await plugboard.send('POST', '/shop/wiki/.tools/echo', JSON.stringify(body))
    expect(refused).toMatchObject({ status: 400, body: { details: { field: 'body' } } })
    expect(calls()).toBe(before)
  })

  it('carries members with unusual names untouched', async () => {
    await plugboard.send('POST', '/shop/wiki/.tools/echo', '{"text":"x","__proto__":{"a":1},"constructor":2}')
    expect(upstream.requests.at(-1)?.body).toContain('"arguments":{"text":"x","__proto__":{"a":1},"constructor":2}')
  })

  it('ends upstream when the caller leaves', async () => {
    const caller = new AbortController()
    const answer = fetch(`${plugboard.url}/shop/wiki/.tools/slow`, {
      method: 'POST',
      headers: { authorization: `Bearer ${plugboard.key}`, 'content-type': 'application/json' },
      body: '{}',
      signal: caller.signal,
    })
    const slow = await upstream.request((request) => request.message?.params?.name === 'slow')
    caller.abort()
    await expect(answer).rejects.toThrow(/abort/)
    expect(await slow.over).toBe('cut')
  })
})
