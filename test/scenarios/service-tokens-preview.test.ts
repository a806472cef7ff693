// A policy can be held against what there is before it is minted, by whoever may mint.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCaller } from '../../server/api/caller.ts'
import type { PreviewTokenInput } from '../../server/tokens/preview-view.ts'
import { type FixtureUpstream, startFixtureUpstream } from '../support/fixture-upstream.ts'
import { type RunningPlugboard, startPlugboard } from '../support/start-plugboard.ts'

let plugboard: RunningPlugboard
let upstream: FixtureUpstream

beforeAll(async () => {
  ;[plugboard, upstream] = await Promise.all([startPlugboard(), startFixtureUpstream()])
  await plugboard.send('PUT', '/namespaces/shop')
  for (const userId of ['1', '2', '3']) await plugboard.send('PUT', `/shop/of-${userId}`, { mcpUrl: upstream.url, metadata: { userId } })
})
afterAll(() => Promise.all([plugboard.stop(), upstream.stop()]))

const preview = (input: Omit<PreviewTokenInput, 'namespace'>, organizationId = plugboard.organizationId) =>
  createCaller(plugboard.house, { kind: 'api_key', id: 'of-a-test', organizationId }).tokens.preview({ namespace: 'shop', ...input })
const idsFor = async (policy: PreviewTokenInput['policy']) => (await preview({ policy })).connections.sample.map(({ connectionId }) => connectionId).toSorted()

it('says in words what it may do, for how long, and with which connections of the namespace', async () => {
  const answer = await preview({ policy: [{ metadata: { userId: '1' }, operations: ['read'] }], ttl: '30m' })
  expect(answer).toEqual({
    may: ['read connections; whose userId is "1"'],
    lifetimeSeconds: 1800,
    connections: { count: 1, isMore: false, sample: [{ connectionId: 'of-1', name: 'of-1' }] },
  })
})

it.each<[string, PreviewTokenInput['policy'], string[]]>([
  ['all that its minter has', undefined, ['of-1', 'of-2', 'of-3']],
  ['what any of its grants reach, whatever they are for', [{ metadata: { userId: '1' }, operations: 'read' }, { metadata: { connectionId: 'of-3' }, operations: 'execute' }], ['of-1', 'of-3']],
  ['nothing of another namespace', [{ namespaces: 'elsewhere' }], []],
  ['what a page of its origin reaches', [{ origins: 'https://app.example', metadata: { userId: '2' } }], ['of-2']],
])('counts %s', async (_what, policy, ids) => {
  expect(await idsFor(policy)).toEqual(ids)
})

it('says of one call whether it would be allowed, and which limit says no', async () => {
  const policy = [{ tools: 'echo', metadata: { userId: '1' } }]
  const ask = async (question: object) => (await preview({ policy, question: { operation: 'execute', connectionId: 'of-1', method: 'tools/call', ...question } })).decision
  expect(await ask({ tool: 'echo' })).toEqual({ allowed: true, reason: null })
  expect(await ask({ tool: 'fail' })).toEqual({ allowed: false, reason: expect.stringContaining('tools') })
  expect(await ask({ tool: 'echo', connectionId: 'of-2' })).toEqual({ allowed: false, reason: expect.stringContaining('metadata') })
  expect(await ask({ tool: 'echo', connectionId: 'nobodys' })).toEqual({ allowed: false, reason: expect.stringContaining('no such thing') })
})

it('knows which tools said that they only read', async () => {
  await plugboard.send('GET', '/connect/shop/of-1/.tools')
  const decisionOn = async (tool: string) =>
    (await preview({ policy: [{ readOnly: true }], question: { operation: 'execute', connectionId: 'of-1', tool } })).decision
  expect(await decisionOn('echo')).toEqual({ allowed: true, reason: null })
  expect(await decisionOn('unheard-of')).toEqual({ allowed: false, reason: expect.stringContaining('readOnly') })
})

it('mints nothing, and refuses what minting would refuse', async () => {
  await expect(preview({ policy: [{ tools: [] }] })).rejects.toMatchObject({ message: expect.stringContaining('policy.0') })
  await expect(preview({ ttl: '2d' })).rejects.toMatchObject({ message: expect.stringContaining('24 hours') })
  expect((await plugboard.send<{ tokens: unknown[] }>('GET', '/tokens')).body.tokens).toEqual([])
})

it('says nothing of another organization', async () => {
  const { organizationId } = await plugboard.createKey()
  await expect(preview({}, organizationId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
