// What is a policy, and what is none: whatever is odd is refused where a client says it, and grants nothing where a token does.
import { describe, expect, it } from 'vitest'
import { constraintInput, parsePolicy, readStoredPolicy } from '../../../server/policy/constraint.ts'

describe('a policy', () => {
  it.each<[unknown, object]>([
    [{}, {}],
    [{ namespaces: 'a' }, { namespaces: ['a'] }],
    [{ namespaces: ['a', 'b'], resources: 'connections', operations: 'read' }, { namespaces: ['a', 'b'], resources: ['connections'], operations: ['read'] }],
    [{ metadata: { userId: '1' } }, { metadata: [{ userId: '1' }] }],
    [{ metadata: [{ userId: '1' }, { scope: 'global' }] }, { metadata: [{ userId: '1' }, { scope: 'global' }] }],
    [{ rpcReqMatch: { method: 'tools/.*', 'params.arguments.owner.name': 'a|b' } }, { rpcReqMatch: { method: 'tools/.*', 'params.arguments.owner.name': 'a|b' } }],
    [{ methods: 'sampling/createMessage' }, { methods: ['sampling/createMessage'] }],
    [{ tools: 'a*', readOnly: true, calls: 1, origins: 'https://a.example' }, { tools: ['a*'], readOnly: true, calls: 1, origins: ['https://a.example'] }],
    [{ arguments: { '*': { additionalProperties: true } } }, { arguments: { '*': { additionalProperties: true } } }],
  ])('%j is read as %j', (input, constraint) => {
    expect(parsePolicy([input])).toEqual([constraint])
    expect(readStoredPolicy([constraint])).toEqual([constraint])
  })

  const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels))

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an object', {}],
    ['text', 'all'],
    ['no constraint', []],
    ['a constraint that is none', [null]],
    ['a list in place of a constraint', [[]]],
    ['an unknown member', [{ namespace: 'a' }]],
    ['a lifetime, which is not its business', [{ ttl: 60 }]],
    ['a member of another case', [{ Namespaces: 'a' }]],
    ['__proto__', JSON.parse('[{"__proto__":{"namespaces":["a"]}}]')],
    ...(['namespaces', 'resources', 'operations', 'metadata', 'methods', 'tools', 'origins'] as const).flatMap((member): [string, unknown][] => [
      [`an empty list of ${member}`, [{ [member]: [] }]],
      [`null for ${member}`, [{ [member]: null }]],
      [`a number for ${member}`, [{ [member]: 1 }]],
      [`a list in a list of ${member}`, [{ [member]: [['connections']] }]],
    ]),
    ['an empty name', [{ namespaces: '' }]],
    ['a resource that is never lent', [{ resources: 'keys' }]],
    ['an operation that there is not', [{ operations: 'delete' }]],
    ['metadata that says nothing', [{ metadata: {} }]],
    ['an alternative that says nothing', [{ metadata: [{ userId: '1' }, {}] }]],
    ['a number in metadata', [{ metadata: { userId: 1 } }]],
    ['a list in metadata', [{ metadata: { userId: ['1'] } }]],
    ['patterns that say nothing', [{ rpcReqMatch: {} }]],
    ['a pattern that is none', [{ rpcReqMatch: { method: '(' } }]],
    ['a pattern that looks back', [{ rpcReqMatch: { method: '(a)\\1' } }]],
    ['a pattern that looks ahead', [{ rpcReqMatch: { method: '(?=a)a' } }]],
    ['a pattern that costs too much', [{ rpcReqMatch: { method: '((a?){100}){9}' } }]],
    ['a pattern that is too long', [{ rpcReqMatch: { method: 'a'.repeat(501) } }]],
    ['a pattern over the id', [{ rpcReqMatch: { id: '.*' } }]],
    ['a path that goes nowhere', [{ rpcReqMatch: { 'params.': '.*' } }]],
    ['a path with a hole', [{ rpcReqMatch: { 'params..name': '.*' } }]],
    ['a method that there is not', [{ methods: 'tools/Call' }]],
    ['a read-only that is false', [{ readOnly: false }]],
    ['no arguments', [{ arguments: {} }]],
    ['arguments without a schema', [{ arguments: { a: true } }]],
    ['an origin with a path', [{ origins: 'https://a.example/' }]],
    ['an origin that is none', [{ origins: 'null' }]],
    ['no calls', [{ calls: 0 }]],
    ['half a call', [{ calls: 1.5 }]],
    ['calls without end', [{ calls: Infinity }]],
    ['calls as text', [{ calls: '1' }]],
    ['too many constraints', Array.from({ length: 101 }, () => ({}))],
    ['too deep a list', deep(5000)],
    ['too deep a schema', [{ arguments: { a: { enum: [deep(5000)] } } }]],
  ])('%s is none', (_what, input) => {
    expect(() => parsePolicy(input)).toThrow(expect.objectContaining({ code: 'policy.invalid' }))
    expect(readStoredPolicy(input)).toBeUndefined()
  })

  it('that is wrong is answered with the path to what is wrong', () => {
    const problemOf = (input: unknown) => {
      try {
        return parsePolicy(input)
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(problemOf([{}, { metadata: [{}, { userId: 1 }] }])).toMatch(/^policy\.1\.metadata/)
    expect(problemOf([{ arguments: { search: { properties: { q: { pattern: '(' } } } } }])).toMatch(/^policy\.0\.arguments\.search: properties\.q\.pattern /)
    expect(problemOf(7)).toMatch(/^policy: /)
  })
})

it('a member that a copy would lose is a limit all the same', () => {
  const [constraint] = parsePolicy(JSON.parse('[{"metadata":{"__proto__":"1"}}]'))
  expect(Object.keys(constraint!.metadata![0]!)).toEqual(['__proto__'])
  expect(JSON.stringify(constraint)).toBe('{"metadata":[{"__proto__":"1"}]}')
})

it('a schema that nests without end is refused by the door itself, which must not run out of stack', () => {
  const schema = JSON.parse('{"items":'.repeat(5000) + '{}' + '}'.repeat(5000)) as unknown
  expect(constraintInput.safeParse({ arguments: { a: schema } }).success).toBe(false)
})

it('what a client may send is closed, for documents and for doors', () => {
  expect(constraintInput.safeParse({ more: 1 }).success).toBe(false)
  expect(Object.keys(constraintInput.shape).sort()).toEqual(
    ['arguments', 'calls', 'metadata', 'methods', 'namespaces', 'operations', 'origins', 'readOnly', 'resources', 'rpcReqMatch', 'tools'],
  )
})
