// Policies and requests over few words, so that they often have to do with each other.
import fc from 'fast-check'
import type { ConnectionFacts, PermissionRequest } from '../../../server/policy/permission.ts'

const text = fc.constantFrom('1', '2', 'a')
const key = fc.constantFrom('userId', 'plan', 'connectionId', 'n', '__proto__')
const namespace = fc.constantFrom('shop', 'other')
const operation = fc.constantFrom('read', 'write', 'execute')
const tool = fc.constantFrom('echo', 'echo2', 'fail')

/** With own members only, whatever the keys are called. */
const objectOf = <Value>(keys: fc.Arbitrary<string>, values: fc.Arbitrary<Value>, minLength = 0): fc.Arbitrary<Record<string, Value>> =>
  fc.uniqueArray(fc.tuple(keys, values), { minLength, maxLength: 3, selector: ([name]) => name }).map((entries) => Object.fromEntries(entries))

const listOf = <Item>(item: fc.Arbitrary<Item>) => fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }))

export const metadataLimit = fc.oneof(objectOf(key, text, 1), fc.array(objectOf(key, text, 1), { minLength: 1, maxLength: 3 }))

const members = {
  namespaces: listOf(namespace),
  resources: listOf(fc.constantFrom('connections', 'namespaces', 'servers')),
  operations: listOf(operation),
  metadata: metadataLimit,
  rpcReqMatch: objectOf(fc.constantFrom('method', 'params.name', 'params.arguments.text'), fc.constantFrom('.*', 'echo.*', 'tools/.*', '1|2'), 1),
  methods: listOf(fc.constantFrom('tools/call', 'tools/list', 'resources/read', 'sampling/createMessage')),
  tools: listOf(fc.constantFrom('echo', 'e*', '*', 'fail')),
  readOnly: fc.constant(true),
  arguments: objectOf(fc.constantFrom('*', 'echo'), fc.constantFrom({ type: 'object' }, { additionalProperties: true }, { properties: { text: { maxLength: 1 } } }), 1),
  origins: fc.constant('https://a.example'),
  calls: fc.integer({ min: 1, max: 3 }),
}

/** With few of its members: one with many allows hardly anything, and a property about what is allowed would say nothing. */
export const constraint = fc
  .tuple(fc.record(members), fc.subarray(Object.keys(members), { maxLength: 3 }))
  .map(([all, chosen]) => Object.fromEntries(Object.entries(all).filter(([name]) => chosen.includes(name))) as Partial<typeof all>)

/** Of grants that tell connections apart, and may write to some. */
export const ownersPolicy = fc.array(
  fc.record({ metadata: metadataLimit, operations: fc.constantFrom('write', 'write', 'read', ['read', 'write']) }, { requiredKeys: ['operations'] }),
  { minLength: 1, maxLength: 3 },
)
export const policy = fc.array(constraint, { minLength: 1, maxLength: 3 })

export const facts: fc.Arbitrary<ConnectionFacts> = fc.record({
  connectionId: fc.constantFrom('1', 'a', undefined),
  metadata: fc.option(objectOf(key.filter((name) => name !== 'connectionId'), fc.oneof(text, fc.constantFrom(1, true, null, ['1'])))),
})

const call = fc.record({
  method: fc.constantFrom('tools/call', 'tools/list', 'resources/read', 'ping', 'made/up', undefined),
  params: fc.option(fc.record({ name: tool, arguments: fc.constantFrom({}, { text: '1' }, { text: 'long' }, 'text') }, { requiredKeys: [] }), { nil: undefined }),
  answers: fc.constantFrom('sampling/createMessage', undefined),
  isReadOnly: fc.constantFrom((name: string) => name === 'echo', undefined),
})

export const request: fc.Arbitrary<PermissionRequest> = fc.record({
  operation: operation as fc.Arbitrary<PermissionRequest['operation']>,
  resource: fc.constantFrom<PermissionRequest['resource'][]>('connections', 'connections', 'namespaces', 'keys'),
  organizationId: fc.constantFrom('org_a', 'org_a', 'org_b'),
  namespace: fc.option(namespace, { nil: undefined }),
  connection: fc.oneof(facts, fc.constant('some' as const), fc.constant(undefined)),
  becomes: fc.option(facts, { nil: undefined }),
  call: fc.oneof(call as fc.Arbitrary<Exclude<PermissionRequest['call'], string | undefined>>, fc.constant('some' as const), fc.constant(undefined)),
})

export const origin = fc.constantFrom('https://a.example', 'https://b.example', undefined)
