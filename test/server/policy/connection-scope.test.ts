// What a list searches for says the same as asking about each connection; and so does the database that searches.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../../db/database.ts'
import { countConnectionsWithin } from '../../../db/queries/count-connections.ts'
import { listConnections } from '../../../db/queries/list-connections.ts'
import { openDatabase } from '../../../db/open.ts'
import { authorize } from '../../../server/policy/authorize.ts'
import { type ConnectionScope, connectionScopeOf } from '../../../server/policy/connection-scope.ts'
import { metadataPairs } from '../../../server/policy/metadata-text.ts'
import type { ConnectionFacts } from '../../../server/policy/permission.ts'
import { addConnection, addDemoNamespace } from '../../db/sample-rows.ts'
import { facts, metadataLimit, policy } from './arbitrary-policies.ts'
import { connectionRequest, tokenWith } from './limited-actors.ts'

const SCOPE = { operation: 'read', organizationId: 'org_a', namespace: 'shop' } as const
const TIME_MS = 120_000

const isIn = (scope: ConnectionScope | undefined, connection: ConnectionFacts): boolean => {
  const pairs = [...metadataPairs(connection.metadata), { key: 'connectionId', value: connection.connectionId }]
  return scope === undefined || scope.some((alternative) => alternative.every(({ key, value }) => pairs.some((pair) => pair.key === key && pair.value === value)))
}

it(
  'a connection is searched for exactly if it may be read',
  () => {
    fc.assert(
      fc.property(policy, policy, facts, (root, narrowing, connection) => {
        const actor = tokenWith([root, narrowing])
        expect(isIn(connectionScopeOf(actor, SCOPE), connection)).toBe(authorize(actor, connectionRequest({ connection })).allowed)
      }),
      { numRuns: 10_000 },
    )
  },
  TIME_MS,
)

let db: Database
const rows = new Map<string, ConnectionFacts>()
beforeAll(async () => {
  db = await openDatabase({ url: ':memory:', now: () => 0 })
  await addDemoNamespace(db)
  for (const [index, { metadata }] of fc.sample(facts, { numRuns: 80, seed: 7 }).entries()) {
    const connectionId = index < 2 ? ['1', 'a'][index]! : `c-${index}`
    await addConnection(db, { uid: `uid-${index}`, connectionId, createdAt: index % 7, metadata: metadata as Record<string, unknown> | null, texts: metadataPairs(metadata) })
    rows.set(connectionId, { connectionId, metadata })
  }
})
afterAll(() => db.close())

async function listAll(scope: ConnectionScope | undefined, filter: { key: string; value: string }[] = []): Promise<string[]> {
  const found: string[] = []
  for (let after: Parameters<typeof listConnections>[1]['after'], isFirst = true; isFirst || after; isFirst = false) {
    const page = await listConnections(db, { namespace: 'demo', limit: 7, scope, metadata: filter, after })
    found.push(...page.rows.map(({ connectionId }) => connectionId))
    after = page.next
  }
  return found
}

it(
  'the database finds what the decision point allows, each once, in pages, and counts as many',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(metadataLimit, { minLength: 1, maxLength: 3 }), fc.option(metadataLimit, { nil: undefined }), async (limits, narrowing) => {
        const actor = tokenWith([limits.map((metadata) => ({ metadata })), ...(narrowing ? [[{ metadata: narrowing }]] : [])])
        const allowed = [...rows.values()].filter((connection) => authorize(actor, connectionRequest({ connection })).allowed).map(({ connectionId }) => connectionId!)
        const scope = connectionScopeOf(actor, SCOPE)!
        expect((await listAll(scope)).sort()).toEqual(allowed.sort())
        const counts = await countConnectionsWithin(db, { namespace: 'demo', scope })
        expect(Object.values(counts).reduce((sum, each) => sum + each, 0)).toBe(allowed.length)
      }),
      { numRuns: 300 },
    )
  },
  TIME_MS,
)

it('a filter narrows what is seen, and never shows more', async () => {
  const filter = [{ key: 'userId', value: '1' }]
  const seen = await listAll([[{ key: 'plan', value: '2' }], [{ key: 'userId', value: '2' }], [{ key: 'userId', value: 'a' }]], filter)
  const expected = [...rows.values()].filter(({ metadata }) => String(metadata?.userId) === '1' && metadata?.plan === '2' && typeof metadata.userId !== 'object')
  expect(seen.sort()).toEqual(expected.map(({ connectionId }) => connectionId!).sort())
})

it('keys and values are compared, whatever they look like', async () => {
  for (const text of ["a'", "' OR '1'='1", '$.userId', 'constructor', '%', '\\', '"', '{"a":1}', '\u0000', '😀']) {
    expect(await listAll([[{ key: text, value: '1' }], [{ key: 'userId', value: text }], [{ key: 'connectionId', value: text }]])).toEqual([])
  }
  expect(Object.keys(Object.prototype)).toEqual([])
})

it('alternatives that multiply beyond measure are refused, not cut short', () => {
  const block = (key: string) => [{ metadata: Array.from({ length: 20 }, (_, value) => ({ [key]: String(value) })) }]
  expect(() => connectionScopeOf(tokenWith(['a', 'b', 'c'].map(block)), SCOPE)).toThrow(expect.objectContaining({ code: 'policy.too_many_alternatives' }))
  expect(connectionScopeOf(tokenWith([block('a'), block('a')]), SCOPE)).toHaveLength(20)
})
