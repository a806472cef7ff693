// Policies of every kind, made up by chance: chains of blocks, as a token that was narrowed has them.
import fc from 'fast-check'
import type { Constraint } from '../../server/policy/constraint.ts'
import type { Operation } from '../../server/policy/permission.ts'

const subset = <Item>(...items: Item[]) => fc.subarray(items, { minLength: 1 })

const pairs = fc.oneof(
  fc.record({ userId: fc.constantFrom('1', '2') }),
  fc.record({ userId: fc.constantFrom('1', '2'), plan: fc.constant('free') }),
  fc.record({ connectionId: fc.constantFrom('one', 'two') }),
)

const whom = { namespaces: subset('shop', 'elsewhere'), metadata: fc.array(pairs, { minLength: 1, maxLength: 2 }), operations: subset<Operation>('read', 'write', 'execute') } as const

const what = {
  tools: subset('echo', 'e*', 'fail'),
  methods: subset('tools/call', 'tools/list'),
  arguments: fc.constantFrom<NonNullable<Constraint['arguments']>>({ echo: { properties: { text: { const: 'hi' } } } }, { '*': { properties: {} } }),
  rpcReqMatch: fc.constantFrom<Record<string, string>>({ 'params.name': 'echo' }, { 'params.arguments.text': 'h.' }, { method: 'tools/.*' }),
} as const

/** Members that are often left out: what says everything at once allows nothing. */
const constraint: fc.Arbitrary<Constraint> = fc
  .record({ whom: fc.record(whom, { requiredKeys: [] }), what: fc.option(fc.record(what, { requiredKeys: [] }), { freq: 2, nil: {} }) })
  .map((parts) => ({ ...parts.whom, ...parts.what }))

/** One policy per block. */
export const policyChains: fc.Arbitrary<Constraint[][]> = fc.array(fc.array(constraint, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 })
