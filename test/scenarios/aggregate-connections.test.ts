// What stands behind the endpoint of a namespace, for whom, and what becomes of a connection that does not work.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contextFor } from '../../server/context/context.ts'
import { gather } from '../../server/aggregate/gather.ts'
import { principalOf } from '../../server/policy/actor.ts'
import { signToken } from '../../server/tokens/token-chain.ts'
import { type Aggregate, startAggregate } from '../support/aggregate.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import type { FixtureTool } from '../support/fixture-knobs.ts'
import { mintServiceToken } from '../support/service-tokens.ts'

const tool = (name: string): FixtureTool => ({ name, inputSchema: { type: 'object' } })

let aggregate: Aggregate
let honest: FixtureUpstream
let hostile: FixtureUpstream
let guarded: FixtureUpstream
beforeAll(async () => {
  ;[aggregate, honest, hostile, guarded] = await Promise.all([startAggregate(), startFixtureUpstream(), startFixtureUpstream(), startFixtureUpstream()])
  hostile.set({ extraTools: [tool('x.y'), tool('twice'), { ...tool('twice'), description: 'the other' }, tool('a/b c'), tool('')] })
  guarded.set({ oauthChallenge: { resourceMetadata: `http://127.0.0.1:${guarded.port}/nothing` } })
  await aggregate.connect('honest', honest.url, { metadata: { userId: 'ada' } })
  await aggregate.connect('hostile', hostile.url, { metadata: { userId: 'bob' } })
  await aggregate.connect('guarded', guarded.url)
  await aggregate.connect('down', new URL('http://127.0.0.1:1/mcp'))
})
afterAll(() => Promise.all([aggregate.stop(), honest.stop(), hostile.stop(), guarded.stop()]))

const LIST = { method: 'tools/list' }
const callOf = (name: string, given: object = {}) => ({ method: 'tools/call', params: { name, arguments: given } })
const namesIn = ({ answer }: Awaited<ReturnType<Aggregate['post']>>) => (answer!.result!.tools as { name: string }[]).map(({ name }) => name)

const tokenFor = async (policy: object): Promise<string> => (await mintServiceToken(aggregate.plugboard, { policy: [policy] })).token

describe('a list', () => {
  it('has what the others have, and says which connections it lacks, and why', async () => {
    const listed = await aggregate.post(LIST)
    expect(new Set(namesIn(listed).map((name) => name.split('.')[0]))).toEqual(new Set(['plugboard_connections', 'honest', 'hostile']))
    expect(listed.answer!.result!._meta).toEqual({
      'plugboard/unavailable': [
        { connectionId: 'down', code: 'upstream.unreachable', message: expect.any(String) },
        { connectionId: 'guarded', code: 'aggregate.waits_for_person', message: expect.stringContaining('plugboard_connections') },
      ],
    })
  })

  it('is the same each time', async () => {
    expect(namesIn(await aggregate.post(LIST))).toEqual(namesIn(await aggregate.post(LIST)))
  })

  it('does not wait for a connection that does not answer in time', async () => {
    const { house, organizationId } = aggregate.plugboard
    const silent = await startFixtureUpstream({ on: ['tools/list'], slowHeaders: new Promise(() => {}) })
    await aggregate.connect('silent', silent.url)
    const context = contextFor(house, { kind: 'api_key', id: 'key', organizationId }, 'request')
    const deadline = new AbortController()
    const deadlineOf = (connectionId: string) => (connectionId === 'silent' ? deadline.signal : new AbortController().signal)
    const gathering = gather(context, { namespace: 'shop', method: 'tools/list', signal: new AbortController().signal, deadlineOf })
    await silent.request(({ message }) => message?.method === 'tools/list')
    deadline.abort()
    const { items, unavailable } = await gathering
    await aggregate.plugboard.send('DELETE', '/connect/shop/silent')
    await silent.stop()
    expect(unavailable).toContainEqual({ connectionId: 'silent', code: 'aggregate.too_slow', message: expect.any(String) })
    expect(items).toContainEqual(expect.objectContaining({ name: 'honest.echo' }))
  })

  it('goes on where its page ended, and repeats and leaves out nothing', async () => {
    const { house, organizationId } = aggregate.plugboard
    const context = contextFor(house, { kind: 'api_key', id: 'key', organizationId }, 'request')
    const page = (cursor?: string) =>
      gather(context, { namespace: 'shop', method: 'tools/list', cursor, signal: new AbortController().signal, pageItems: 4 })
    const names: unknown[] = []
    let next: string | undefined
    do {
      const { items, nextCursor } = await page(next)
      expect(items.length).toBeLessThanOrEqual(4)
      names.push(...items.map(({ name }) => name))
      next = nextCursor
    } while (next !== undefined)
    expect(names).toEqual(namesIn(await aggregate.post(LIST)).slice(1))
  })

  it.each(['', 'bm9uc2Vuc2U', 7, null, { a: 1 }])('refuses the cursor %j, which is not one of its own', async (cursor) => {
    const { status, answer } = await aggregate.post({ method: 'tools/list', params: { cursor } })
    expect({ status, answer }).toMatchObject({ status: 200, answer: { error: { code: -32602, data: { code: 'aggregate.unknown_cursor' } } } })
  })
})

describe('names that a server chose', () => {
  it('are taken as they are: with dots, once each, and never empty', async () => {
    const own = namesIn(await aggregate.post(LIST)).filter((name) => name.startsWith('hostile.'))
    expect(own.slice(-3)).toEqual(['hostile.x.y', 'hostile.twice', 'hostile.a/b c'])
  })

  it('arrive as the server knows them', async () => {
    await aggregate.post(callOf('hostile.x.y', { n: 12345678901 }))
    const { body } = await hostile.request(({ message }) => message?.params?.name === 'x.y')
    expect(body).toContain('"arguments":{"n":12345678901}')
  })
})

describe('a call', () => {
  it.each(['down.echo', 'guarded.echo'])('of %s, which cannot be reached, is an error by name in HTTP 200', async (name) => {
    const { status, answer, headers } = await aggregate.post(callOf(name))
    expect({ status, error: answer?.error }).toMatchObject({ status: 200, error: { data: { code: expect.stringMatching(/^(upstream|connection)\./) } } })
    expect(headers.get('www-authenticate')).toBeNull()
  })

  it.each(['nobody.echo', 'echo', '.echo', 'honest.', '', 7, null])('of %j, which nobody has, is refused as a wrong parameter', async (name) => {
    const { status, answer } = await aggregate.post({ method: 'tools/call', params: { name } })
    expect({ status, error: answer?.error }).toMatchObject({ status: 200, error: { code: -32602, data: { code: 'aggregate.unknown_tool' } } })
  })

  it.each(['resources/subscribe', 'logging/setLevel', 'tasks/list', 'vendor/anything'])('of the method %s, which needs a session, is refused by name', async (method) => {
    const { status, answer } = await aggregate.post({ method })
    expect({ status, code: answer?.error?.code }).toEqual({ status: 200, code: -32601 })
  })
})

describe('plugboard_connections', () => {
  const connectionsFor = async (key?: string) => {
    const { answer } = await aggregate.post(callOf('plugboard_connections'), key === undefined ? {} : { key })
    return (answer!.result!.structuredContent as { connections: { connectionId: string; status: Record<string, unknown> }[] }).connections
  }

  it('says where a person signs in, to whoever may change the connection', async () => {
    const guardedOne = (await connectionsFor()).find(({ connectionId }) => connectionId === 'guarded')
    expect(guardedOne).toMatchObject({ status: { state: 'auth_required', setupUrl: expect.stringContaining('/setup/') } })
  })

  it('says to a service token only that somebody has to', async () => {
    const token = await tokenFor({ resources: ['connections'], operations: ['read', 'execute'] })
    const guardedOne = (await connectionsFor(token)).find(({ connectionId }) => connectionId === 'guarded')
    expect(guardedOne!.status).toEqual({ state: 'auth_required' })
  })
})

describe('a caller', () => {
  it('who may use some connections finds those alone', async () => {
    const token = await tokenFor({ resources: ['connections'], namespaces: ['shop'], metadata: { userId: 'ada' } })
    const listed = await aggregate.post(LIST, { key: token })
    expect(new Set(namesIn(listed).map((name) => name.split('.')[0]))).toEqual(new Set(['plugboard_connections', 'honest']))
    expect((await aggregate.post(callOf('honest.echo', { text: 'mine' }), { key: token })).answer).toMatchObject({ result: { content: [{ text: 'mine' }] } })
    const [hidden, nobodys] = await Promise.all(['hostile.echo', 'nobody.echo'].map((name) => aggregate.post(callOf(name), { key: token })))
    expect(hidden!.answer!.error!.message).toBe(nobodys!.answer!.error!.message)
  })

  it('finds nothing of another namespace', async () => {
    await aggregate.plugboard.send('PUT', '/namespaces/other')
    await aggregate.plugboard.send('PUT', '/connect/other/theirs', { mcpUrl: honest.url.href })
    expect(namesIn(await aggregate.post(LIST)).some((name) => name.startsWith('theirs.'))).toBe(false)
    expect((await aggregate.post(callOf('theirs.echo'))).answer?.error?.code).toBe(-32602)
    expect(namesIn(await aggregate.post(LIST, { path: '/mcp/other' })).filter((name) => name.endsWith('.echo'))).toEqual(['theirs.echo'])
  })

  it('of another organization hears that there is no such namespace, a stranger that a key is missing', async () => {
    const { key } = await aggregate.plugboard.createKey()
    const [theirs, nobodys, strangers] = await Promise.all([
      aggregate.post(LIST, { key }),
      aggregate.post(LIST, { path: '/mcp/nobodys' }),
      aggregate.post(LIST, { key: 'plug_nonsense' }),
    ])
    expect([theirs.status, nobodys.status, strangers.status]).toEqual([404, 404, 401])
    expect(theirs.answer!.error!.message).toBe(nobodys.answer!.error!.message)
    expect(strangers.headers.get('www-authenticate')).toContain('Bearer')
  })

  it('with a token for this one address is let in here, and nowhere else', async () => {
    const { house, organizationId } = aggregate.plugboard
    const { keyId, key: signingKey } = house.vault.derivedKey('service-token')
    const { id } = await aggregate.plugboard.createKey(organizationId)
    const issuedAtMs = house.now()
    const root = { id: 'tok_here', organizationId, keyId, issuedAtMs, expiresAtMs: issuedAtMs + 60_000, policy: [{ resources: ['connections' as const] }] }
    const minter = principalOf({ kind: 'api_key', id, organizationId })
    const { token } = signToken(signingKey, { ...root, minter, audience: `${house.config.publicUrl.origin}/mcp/shop` })!
    expect(namesIn(await aggregate.post(LIST, { key: token }))).toContain('honest.echo')
    for (const path of ['/mcp/other', '/mcp/shop/honest', '/connect/shop/honest/mcp']) expect((await aggregate.post(LIST, { key: token, path })).status).toBe(401)
    expect((await aggregate.plugboard.send('GET', '/connect/shop', undefined, { authorization: `Bearer ${token}` })).status).toBe(401)
  })
})

describe('a server that keeps sessions', () => {
  const callsWith = async (keys: readonly string[], name: string) => {
    for (const key of keys) expect((await aggregate.post(callOf(name, { text: 'hi' }), { key })).answer).toMatchObject({ result: { content: [{ text: 'hi' }] } })
  }

  it.each([
    ['shared', 1],
    ['per-actor', 2],
  ])('has for two callers of a connection whose sessions are %s %i of them, and one that it loses is opened anew', async (sessions, expected) => {
    const keeping = await startFixtureUpstream()
    const { key } = await aggregate.plugboard.createKey(aggregate.plugboard.organizationId)
    const keys = [aggregate.plugboard.key, key]
    await aggregate.connect('keeping', keeping.url, { sessions })
    keeping.forgetSessions()
    await callsWith(keys, 'keeping.echo')
    expect(keeping.sessions()).toHaveLength(expected)
    keeping.forgetSessions()
    await callsWith(keys, 'keeping.echo')
    expect(keeping.sessions()).toHaveLength(expected)
    await aggregate.plugboard.send('DELETE', '/connect/shop/keeping')
    await keeping.stop()
  })
})
