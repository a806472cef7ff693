import { describe, expect, it } from 'vitest'
import type { LimitedActor } from '../../../server/policy/actor.ts'
import { authorize } from '../../../server/policy/authorize.ts'
import type { PermissionRequest } from '../../../server/policy/permission.ts'
import { backend, callOf, connectionRequest, tokenLimits, tokenWith } from './limited-actors.ts'

const call = (name: string, args = {}): PermissionRequest =>
  connectionRequest({ operation: 'execute', call: callOf('tools/call', { name, arguments: args }) })

function reasonOf(actor: LimitedActor, request: PermissionRequest): string {
  const decision = authorize(actor, request)
  if (decision.allowed) throw new Error('this is allowed')
  return decision.reason
}

describe('whose limit says no:', () => {
  const limitedKey = { ...backend, limits: tokenLimits({ namespaces: 'other' }) }
  it.each<[string, LimitedActor, string]>([
    ['the key’s own', limitedKey, 'what the key is limited to does not cover this namespace (namespaces)'],
    ['that of the key that minted it', tokenWith([[{}]], { minter: limitedKey }), 'what the key that minted the token is limited to does not cover this namespace (namespaces)'],
    ['the token’s, as it was minted', tokenWith([[{ tools: 'other' }]]), 'what the token is for does not cover this tool (tools)'],
    ['the token’s, of a key with limits', tokenWith([[{ tools: 'other' }]], { minter: { ...backend, limits: tokenLimits({}) } }), 'what the token is for does not cover this tool (tools)'],
    ['what it was narrowed to', tokenWith([[{}], [{ tools: 'other' }]]), 'what the token was narrowed to does not cover this tool (tools)'],
    ['the second narrowing of three', tokenWith([[{}], [{}], [{ tools: 'other' }], [{}]]), 'what the token was narrowed to (2 of 3) does not cover this tool (tools)'],
    [
      'more than one',
      tokenWith([[{ operations: 'read' }], [{ tools: 'other' }]]),
      'what the token is for does not cover the operation execute (operations); what the token was narrowed to does not cover this tool (tools)',
    ],
  ])('%s', (_whose, actor, words) => {
    expect(reasonOf(actor, call('echo'))).toBe(words)
  })
})

it('each grant is told with the first of its limits that says no', () => {
  const actor = tokenWith([[{ tools: 'other' }, { namespaces: 'other' }, { metadata: { userId: '2' } }]])
  expect(reasonOf(actor, call('echo'))).toBe(
    'what the token is for has no grant for it: grant 1 does not cover this tool (tools), grant 2 does not cover this namespace (namespaces), grant 3 does not cover a connection with this metadata (metadata)',
  )
})

it.each<[limit: string, policy: object, request: PermissionRequest]>([
  ['resources', { resources: 'servers' }, call('echo')],
  ['namespaces', { namespaces: 'other' }, call('echo')],
  ['metadata', { metadata: { userId: '2' } }, call('echo')],
  ['result', { metadata: { userId: '1' } }, connectionRequest({ operation: 'write', becomes: { connectionId: 'it', metadata: { userId: '2' } } })],
  ['operations', { operations: 'read' }, call('echo')],
  ['origins', { origins: 'https://app.example' }, call('echo')],
  ['calls', { tools: 'echo' }, connectionRequest({ operation: 'execute' })],
  ['methods', { methods: 'tools/list' }, call('echo')],
  ['rpcReqMatch', { rpcReqMatch: { 'params.name': 'other' } }, call('echo')],
  ['tools', { tools: 'other' }, call('echo')],
  ['readOnly', { readOnly: true }, call('echo')],
  ['arguments', { arguments: { echo: { properties: { text: { type: 'string' } } } } }, call('echo', { text: 1 })],
])('the limit %s is named, and nothing that it holds', (limit, policy, request) => {
  const reason = reasonOf(tokenWith([[policy]]), request)
  expect(reason).toMatch(new RegExp(`^what the token is for [a-z ,]+ \\(${limit}\\)$`))
  expect(reason).not.toMatch(/other|app\.example/)
})
