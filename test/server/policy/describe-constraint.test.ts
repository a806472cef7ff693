import { expect, it } from 'vitest'
import { type Constraint, parsePolicy } from '../../../server/policy/constraint.ts'
import { describeConstraint } from '../../../server/policy/describe-constraint.ts'

it.each<[unknown, string]>([
  [{}, 'read, write, execute connections'],
  [{ operations: 'read' }, 'read connections'],
  [{ resources: ['connections', 'namespaces'] }, 'read, write, execute connections, namespaces'],
  [{ namespaces: ['shop', 'demo'] }, 'read, write, execute connections; in the namespace shop or demo'],
  [{ metadata: [{ userId: '1', plan: 'pro' }, { scope: 'a "b"' }] }, 'read, write, execute connections; whose userId is "1" and plan is "pro", or scope is "a \\"b\\""'],
  [{ tools: ['get-*', 'list'], calls: 10 }, 'read, execute connections; tools named get-* or list; 10 calls in all'],
  [{ rpcReqMatch: { 'params.name': 'get-.*' } }, 'read, execute connections; messages whose params.name is all "get-.*"'],
  [{ methods: ['tools/call', 'prompts/get'] }, 'read, execute connections; methods tools/call, prompts/get'],
  [{ arguments: { 'send*': { properties: { to: { const: 'me' } } } } }, 'read, execute connections; with limited arguments for send*'],
  [{ origins: 'https://app.example' }, 'read, write, execute connections; shown by a page of https://app.example'],
])('%j is put into words', (input, words) => {
  const [constraint] = parsePolicy([input]) as [Constraint]
  expect(describeConstraint(constraint)).toBe(words)
})
