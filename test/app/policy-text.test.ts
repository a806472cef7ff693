// Between a policy as text and the fields that show it.
import { expect, it } from 'vitest'
import { readList, readPairs, writeList, writePairs } from '../../app/components/tokens/list-text.ts'
import { changeGrant, furtherLimitsOf, listOf, pairsOf, readPolicyText, writePolicyText } from '../../app/components/tokens/policy-text.ts'
import { questionOf } from '../../app/components/tokens/questions.ts'
import { narrowSnippet } from '../../app/lib/token-snippets.ts'
import { narrowToken } from '../../server/tokens/token-chain.ts'

it.each([
  [[{ namespaces: ['demo'], operations: ['read', 'execute'] as ('read' | 'execute')[] }]],
  [[{ tools: ['x[', ']', '", "', '\\', 'a\nb'] }, { metadata: [{ a: '[ "b" ]' }] }]],
])('a policy written as text reads back as the same policy: %j', (policy) => {
  expect(readPolicyText(writePolicyText(policy))).toEqual({ grants: policy })
})

it('a list of words is written on one line', () => {
  expect(writePolicyText([{ operations: ['read', 'execute'] }])).toBe('[\n  {\n    "operations": ["read", "execute"]\n  }\n]')
})

it.each(['', '{', '{}', '[]', '[1]', 'null'])('%j is no policy', (text) => {
  expect(readPolicyText(text)).toHaveProperty('problem')
})

it('a limit that is emptied is left out, not empty', () => {
  expect(changeGrant({ tools: ['echo'], calls: 3 }, { tools: [], calls: undefined })).toEqual({})
})

it('what a field cannot show stays as it is', () => {
  expect(listOf([1])).toBeUndefined()
  expect(pairsOf([{ a: '1' }, { b: '2' }])).toBeUndefined()
  expect(furtherLimitsOf({ tools: 'echo', methods: 'tools/call' })).toEqual(['methods'])
})

it('lists and pairs are read as people type them', () => {
  expect(readList(' a, b,\nc, ')).toEqual(['a', 'b', 'c'])
  expect(readList(writeList(['a', 'b']))).toEqual(['a', 'b'])
  expect(readPairs('userId: 1\nplan = pro: yes\nnothing:')).toEqual({ userId: '1', plan: 'pro: yes' })
  expect(readPairs(writePairs({ userId: '1' }))).toEqual({ userId: '1' })
})

it('nothing is asked before it is complete', () => {
  const attempt = { connectionId: 'it', deed: 'call', tool: 'echo', arguments: '' }
  expect(questionOf(attempt)).toEqual({ operation: 'execute', method: 'tools/call', connectionId: 'it', tool: 'echo', arguments: {} })
  expect(questionOf({ ...attempt, tool: '' })).toBeUndefined()
  expect(questionOf({ ...attempt, arguments: '[1]' })).toBeUndefined()
  expect(questionOf({ ...attempt, deed: 'see' })).toEqual({ operation: 'read', connectionId: 'it' })
})

it('the line that the page shows for narrowing narrows as the server does', async () => {
  const { narrow } = (await import(`data:text/javascript,${encodeURIComponent(narrowSnippet)}`)) as { narrow: (token: string, limit: object) => string }
  const token = `plugt_${Buffer.from('{}').toString('base64url')}.${Buffer.alloc(32, 7).toString('base64url')}`
  const limit = { policy: [{ tools: ['search*'] }] }
  expect(narrow(token, limit)).toBe(narrowToken(token, limit))
})
