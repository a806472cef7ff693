// A credential can be asked what it may do, in words, and whether it may do one thing: by its holder, and by whoever owns it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Explanation } from '../../server/tokens/explain-view.ts'
import type { TokenPage } from '../../server/tokens/token-view.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { bearer, mintServiceToken, revokeServiceToken } from '../support/service-tokens.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream
/** For what user 1 has in the shop: reading, and the tool `echo`. */
let token: string
let id: string

const POLICY = [{ namespaces: 'shop', metadata: { userId: '1' }, tools: 'ech*', operations: ['read', 'execute'] }]

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  await plugboard.send('PUT', '/shop/mine', { mcpUrl: upstream.url, metadata: { userId: '1' } })
  await plugboard.send('PUT', '/shop/theirs', { mcpUrl: upstream.url, metadata: { userId: '2' } })
  token = (await mintServiceToken(plugboard, { policy: POLICY })).token
  id = (await plugboard.send<TokenPage>('GET', '/tokens')).body.tokens[0]!.id
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const ask = (query: Record<string, string>, credential = token) =>
  plugboard.send<Explanation>('GET', `/tokens/explain?${new URLSearchParams(query)}`, undefined, bearer(credential))
const decisionOn = async (query: Record<string, string>, credential?: string) => (await ask({ operation: 'execute', ...query }, credential)).body.decision!

const inShop = { namespace: 'shop', connectionId: 'mine' }

it('a token says whose it is, until when, and what it may do', async () => {
  const narrowed = (await mintServiceToken(plugboard, { policy: [{ operations: 'read' }], ttl: 60 }, token)).token
  const { body } = await ask({}, narrowed)
  expect(body.actor).toEqual({ kind: 'service_token', id, mintedBy: { kind: 'api_key', id: expect.any(String) }, expiresAt: new Date(plugboard.house.now() + 60_000).toISOString() })
  expect(body.may).toEqual([
    { anyOf: expect.arrayContaining(['read, write, execute connections']) },
    { anyOf: ['read, execute connections; in the namespace shop; whose userId is "1"; tools named ech*'] },
    { anyOf: ['read connections'] },
  ])
})

it('an API key says what API keys may do', async () => {
  const { body } = await ask({}, plugboard.key)
  expect(body).toMatchObject({ actor: { kind: 'api_key' }, may: [{ anyOf: expect.arrayContaining(['read, write, execute keys']) }] })
})

describe('its holder is told', () => {
  it.each<[string, Record<string, string>, { allowed: boolean; reason: unknown }]>([
    ['what is allowed', { ...inShop, tool: 'echo' }, { allowed: true, reason: null }],
    ['what is not, and which member of the policy says so', { ...inShop, tool: 'delete' }, { allowed: false, reason: expect.stringContaining('tools') }],
    ['what method is not', { ...inShop, method: 'resources/read' }, { allowed: false, reason: expect.stringContaining('methods') }],
    ['that it may not change what it sees', { ...inShop, operation: 'write' }, { allowed: false, reason: expect.stringContaining('operations') }],
  ])('%s', async (_what, query, decision) => {
    expect(await decisionOn(query)).toEqual(decision)
  })

  it('the same of what it must not know of and of what is not there', async () => {
    const unknown: Record<string, string>[] = [{ namespace: 'shop', connectionId: 'theirs' }, { namespace: 'shop', connectionId: 'nobodys' }, { namespace: 'elsewhere' }]
    const answers = await Promise.all(unknown.map((query) => decisionOn(query)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ allowed: false, reason: expect.stringContaining('no such thing') })
  })
})

describe('its owner', () => {
  it('is told which limit hides a connection', async () => {
    const decision = await decisionOn({ id, namespace: 'shop', connectionId: 'theirs' }, plugboard.key)
    expect(decision).toEqual({ allowed: false, reason: expect.stringContaining('metadata') })
    expect(await decisionOn({ id, ...inShop, tool: 'echo' }, plugboard.key)).toEqual({ allowed: true, reason: null })
  })

  it('is told why it is good for nothing any more', async () => {
    const { key, id: keyId } = await plugboard.createKey(plugboard.organizationId)
    const newest = async () => (await plugboard.send<TokenPage>('GET', '/tokens?limit=1')).body.tokens[0]!.id
    const reasonOf = async (of: string) => (await ask({ id: of }, plugboard.key)).body.decision?.reason
    plugboard.advance(1)
    await mintServiceToken(plugboard, {}, key)
    const orphan = await newest()
    await plugboard.send('DELETE', `/keys/${keyId}`)
    plugboard.advance(1)
    const { token: lost } = await mintServiceToken(plugboard)
    const revoked = await newest()
    await revokeServiceToken(plugboard, { token: lost })
    plugboard.advance(1)
    await mintServiceToken(plugboard, { ttl: 20 })
    const over = await newest()
    plugboard.advance(20_000)
    expect([await reasonOf(orphan), await reasonOf(revoked), await reasonOf(over)]).toEqual(['whoever minted it is gone', 'it was revoked', 'it has expired'])
  })

  it('is nobody else: not the holder of another token, not another organization', async () => {
    const other = (await mintServiceToken(plugboard)).token
    expect((await ask({ id }, other)).status).toBe(403)
    expect((await ask({ id }, (await plugboard.createKey()).key)).status).toBe(404)
  })
})
