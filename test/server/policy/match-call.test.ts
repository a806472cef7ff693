// Every method of MCP under every limit of calls.
import { describe, expect, it } from 'vitest'
import { findMethod, isKnownMethod } from '../../../server/policy/mcp-methods.ts'
import type { CallFacts } from '../../../server/policy/permission.ts'
import { callOf, connectionRequest, verdictOf } from './limited-actors.ts'

const LIFECYCLE = ['initialize', 'notifications/initialized', 'ping', 'server/discover', 'notifications/cancelled', 'notifications/progress']
const OTHERS = [
  'tools/list', 'tools/call', 'resources/list', 'resources/templates/list', 'resources/read', 'resources/subscribe', 'resources/unsubscribe',
  'prompts/list', 'prompts/get', 'completion/complete', 'logging/setLevel', 'subscriptions/listen', 'tasks/get', 'tasks/result', 'tasks/list',
  'tasks/cancel', 'tasks/update', 'notifications/roots/list_changed', 'notifications/tasks/status',
]
const UNKNOWN = ['made/up', 'tools/Call', '', '__proto__', 'constructor', 'sampling/createMessage']

const echo = { name: 'echo', arguments: { text: 'hi' } }
const allows = (constraint: object, call: CallFacts) => verdictOf([[constraint]], connectionRequest({ operation: 'execute', call })) === 'allowed'
const allowedOf = (constraint: object) => [...LIFECYCLE, ...OTHERS, ...UNKNOWN].filter((method) => allows(constraint, { ...callOf(method, echo), isReadOnly: () => true }))

it('the lists of this test are the table', () => {
  expect([...LIFECYCLE, ...OTHERS].filter((method) => !findMethod(method))).toEqual([])
  expect(LIFECYCLE.filter((method) => findMethod(method)?.role !== 'lifecycle')).toEqual([])
  expect(OTHERS.filter((method) => findMethod(method)?.role === 'lifecycle')).toEqual([])
})

it.each<[string, object, string[]]>([
  ['no limit', {}, [...LIFECYCLE, ...OTHERS, ...UNKNOWN]],
  ['tools', { tools: 'echo' }, [...LIFECYCLE, 'tools/list', 'tools/call']],
  ['other tools', { tools: 'other' }, [...LIFECYCLE, 'tools/list']],
  ['read-only tools', { readOnly: true }, [...LIFECYCLE, 'tools/list', 'tools/call']],
  ['arguments', { arguments: { echo: { additionalProperties: true } } }, [...LIFECYCLE, 'tools/list', 'tools/call']],
  ['a message without a method', { rpcReqMatch: { 'params.name': 'echo' } }, [...LIFECYCLE, 'tools/call']],
  ['a message with one', { rpcReqMatch: { method: 'tools/.*|prompts/get' } }, [...LIFECYCLE, 'tools/list', 'tools/call', 'prompts/get']],
  ['a message with any', { rpcReqMatch: { method: '.*' } }, [...LIFECYCLE, ...OTHERS]],
  ['a number of calls', { calls: 1 }, [...LIFECYCLE, ...OTHERS]],
  ['a method', { methods: 'resources/read' }, [...LIFECYCLE, 'resources/read']],
  ['methods and tools', { methods: ['resources/read', 'tools/call'], tools: 'other' }, [...LIFECYCLE, 'resources/read']],
  ['an answer', { methods: 'sampling/createMessage' }, [...LIFECYCLE, 'sampling/createMessage']],
])('by %s these methods are allowed', (_what, constraint, allowed) => expect(allowedOf(constraint).sort()).toEqual([...allowed].sort()))

describe('a call of a tool', () => {
  it.each<[object, Record<string, unknown> | undefined, boolean]>([
    [{ tools: 'echo' }, { name: 'echo' }, true],
    [{ tools: 'e*o' }, { name: 'echo' }, true],
    [{ tools: '*' }, { name: 'echo' }, true],
    [{ tools: 'e*h' }, { name: 'echo' }, false],
    [{ tools: 'echo' }, { name: 'Echo' }, false],
    [{ tools: 'echo' }, { name: 'echo ' }, false],
    [{ tools: 'echo' }, { name: ['echo'] }, false],
    [{ tools: 'echo' }, {}, false],
    [{ tools: 'echo' }, undefined, false],
    [{ readOnly: true }, { name: 'echo' }, false],
    [{ arguments: { echo: { type: 'object' } } }, { name: 'echo' }, true],
    [{ arguments: { echo: { type: 'object' } } }, { name: 'echo', arguments: null }, false],
    [{ arguments: { echo: { type: 'object' } } }, { name: 'echo', arguments: [] }, false],
    [{ arguments: { echo: { type: 'object' } } }, { name: 'other' }, false],
    [{ arguments: { 'e*': { required: ['a'], additionalProperties: true }, echo: { additionalProperties: true } } }, { name: 'echo', arguments: {} }, false],
    [{ tools: ['echo', 'other'], arguments: { echo: { type: 'object' } } }, { name: 'other' }, false],
    [{ rpcReqMatch: { 'params.name': 'ech' } }, { name: 'echo' }, false],
    [{ rpcReqMatch: { 'params.arguments.a.b': 'x' } }, { name: 'echo', arguments: { a: { b: 'x' } } }, true],
    [{ rpcReqMatch: { 'params.arguments.a.b': 'x' } }, { name: 'echo', arguments: { 'a.b': 'x' } }, false],
    [{ rpcReqMatch: { 'params.arguments.n': '.*' } }, { name: 'echo', arguments: { n: 1 } }, false],
    [{ rpcReqMatch: { 'params.arguments.length': '.*' } }, { name: 'echo', arguments: 'text' }, false],
    [{ rpcReqMatch: { 'params.constructor.name': '.*' } }, { name: 'echo' }, false],
    [{ rpcReqMatch: { 'params.arguments.text': 'a' } }, { name: 'echo', arguments: { text: 'a\nb' } }, false],
    [{ rpcReqMatch: { 'params.arguments.text': '.*' } }, { name: 'echo', arguments: { text: 'a'.repeat(5000) } }, false],
  ])('%j: %j is allowed: %s', (constraint, params, allowed) => expect(allows(constraint, callOf('tools/call', params))).toBe(allowed))
})

it('an answer passes if what was asked is known and named', () => {
  const answers = (constraint: object, asked?: string) => allows(constraint, { method: undefined, answers: asked })
  expect(answers({ methods: 'sampling/createMessage' }, 'sampling/createMessage')).toBe(true)
  expect(answers({ methods: 'sampling/createMessage' }, 'elicitation/create')).toBe(false)
  expect(answers({ methods: 'sampling/createMessage' })).toBe(false)
  expect(answers({ tools: '*' }, 'sampling/createMessage')).toBe(false)
  expect(isKnownMethod('sampling/createMessage')).toBe(true)
})

it('a decision has so many steps and no more: texts that would match are refused after that', () => {
  const constraint = { arguments: { '*': { properties: { all: { items: { pattern: '[\\pL]{1,200}' } } } } } }
  const withTexts = (count: number) => callOf('tools/call', { name: 'echo', arguments: { all: Array.from({ length: count }, () => 'a'.repeat(200)) } })
  expect([1, 10, 1000].map((count) => allows(constraint, withTexts(count)))).toEqual([true, true, false])
})
