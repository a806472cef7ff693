// Every member of a constraint against what it should let pass, what it should not, and what it is not told.
import { describe, expect, it } from 'vitest'
import type { ServiceTokenActor } from '../../../server/policy/actor.ts'
import type { PermissionRequest, ResourceKind } from '../../../server/policy/permission.ts'
import { backend, connectionRequest as request, tokenLimits, verdictOf } from './limited-actors.ts'

type Case = [what: string, constraint: object, asked: Partial<PermissionRequest>, verdict: 'allowed' | 'hidden' | 'refused', changes?: Partial<ServiceTokenActor>]
const withMetadata = (metadata: Record<string, unknown> | null) => ({ connection: { connectionId: 'it', metadata } })

it.each<Case>([
  ['nothing limits nothing', {}, {}, 'allowed'],
  ['another organization is hidden', {}, { organizationId: 'org_b' }, 'hidden'],
  ['a namespace that is named', { namespaces: ['a', 'shop'] }, {}, 'allowed'],
  ['another namespace is hidden', { namespaces: 'shop' }, { namespace: 'shop2' }, 'hidden'],
  ['no namespace is not one of them', { namespaces: 'shop' }, { namespace: undefined }, 'hidden'],
  ['an operation that is named', { operations: 'read' }, {}, 'allowed'],
  ['another operation is refused', { operations: 'read' }, { operation: 'write' }, 'refused'],
  ['connections that are not named are hidden', { resources: 'namespaces' }, {}, 'hidden'],
  ['metadata that matches', { metadata: { userId: '1' } }, {}, 'allowed'],
  ['all pairs have to', { metadata: { userId: '1', plan: 'pro' } }, {}, 'hidden'],
  ['of alternatives one', { metadata: [{ userId: '2' }, { plan: 'free' }] }, {}, 'allowed'],
  ['a number matches its text', { metadata: { n: '5' } }, withMetadata({ n: 5 }), 'allowed'],
  ['a boolean matches its text', { metadata: { n: 'true' } }, withMetadata({ n: true }), 'allowed'],
  ['a list matches nothing', { metadata: { n: '1' } }, withMetadata({ n: ['1'] }), 'hidden'],
  ['null matches nothing', { metadata: { n: 'null' } }, withMetadata({ n: null }), 'hidden'],
  ['a missing key matches nothing', { metadata: { n: '' } }, withMetadata({}), 'hidden'],
  ['no metadata matches nothing', { metadata: { n: '' } }, withMetadata(null), 'hidden'],
  ['what every object has matches nothing', { metadata: { toString: 'x' } }, {}, 'hidden'],
  ['its prototype is not its metadata', JSON.parse('{"metadata":{"__proto__":"[object Object]"}}'), {}, 'hidden'],
  ['the id itself', { metadata: { connectionId: 'it' } }, {}, 'allowed'],
  ['an id cannot be pretended', { metadata: { connectionId: 'mine' } }, withMetadata({ connectionId: 'mine' }), 'hidden'],
  ['no connection is none of them', { metadata: { userId: '1' } }, { connection: undefined }, 'hidden'],
  ['whichever it may is asked again later', { metadata: { userId: '1' } }, { connection: 'some' }, 'allowed'],
  ['a write within before and after', { metadata: { userId: '1' } }, { operation: 'write', becomes: { connectionId: 'it', metadata: { userId: '1' } } }, 'allowed'],
  ['a write that leaves is refused', { metadata: { userId: '1' } }, { operation: 'write', becomes: { connectionId: 'it', metadata: null } }, 'refused'],
  ['a page of a listed origin', { origins: 'https://a.example' }, {}, 'allowed', { presentedFrom: 'https://a.example' }],
  ['a page of another origin', { origins: 'https://a.example' }, {}, 'refused', { presentedFrom: 'https://a.example.evil' }],
  ['no page is no listed one', { origins: 'https://a.example' }, {}, 'refused'],
  ['a limit of calls does not hinder reading', { tools: 'a' }, {}, 'allowed'],
  ['but writing, unless it is named', { tools: 'a' }, { operation: 'write' }, 'refused'],
  ['so it may be written', { tools: 'a', operations: ['write'] }, { operation: 'write' }, 'allowed'],
  ['a call that is not told is no allowed one', { tools: 'a' }, { operation: 'execute' }, 'refused'],
  ['whichever call it may is asked again later', { tools: 'a' }, { operation: 'execute', call: 'some' }, 'allowed'],
  ['a minter who may not', {}, { resource: 'namespaces', operation: 'write' }, 'refused', { minter: { kind: 'member', id: 'm', organizationId: 'org_a', role: 'member', sessionHandle: '' } }],
])('%s', (_what, constraint, asked, verdict, changes) => expect(verdictOf([[constraint]], request(asked), changes)).toBe(verdict))

describe('a write needs one grant that covers both', () => {
  it('and not one for each', () => {
    const policy = [{ metadata: { userId: '1' } }, { metadata: { userId: '2' } }]
    const becomes = { connectionId: 'it', metadata: { userId: '2' } }
    expect(verdictOf([policy], request({ operation: 'write', becomes }))).toBe('refused')
  })
})

const NEVER: readonly ResourceKind[] = ['keys', 'members', 'webhooks', 'settings', 'namespace_settings', 'audit']
it.each(NEVER.flatMap((resource) => (['read', 'write', 'execute'] as const).map((operation) => ({ resource, operation }))))(
  '$operation $resource is never lent',
  ({ resource, operation }) => {
    for (const policy of [[{}], [{ resources: ['namespaces', 'connections', 'servers', 'skills'] }]])
      expect(verdictOf([policy], { operation, resource, organizationId: 'org_a', namespace: 'shop' })).not.toBe('allowed')
  },
)

describe('namespaces', () => {
  const ask = (constraint: object, operation: 'read' | 'write', namespace?: string) => verdictOf([[constraint]], { operation, resource: 'namespaces', organizationId: 'org_a', namespace })

  it.each<[object, boolean, boolean]>([
    [{}, true, false],
    [{ resources: 'connections' }, true, false],
    [{ resources: 'connections', operations: 'execute' }, true, false],
    [{ resources: 'namespaces' }, true, true],
    [{ resources: 'namespaces', operations: 'read' }, true, false],
    [{ resources: 'namespaces', metadata: { userId: '1' } }, true, false],
    [{ resources: 'namespaces', tools: 'a' }, true, false],
    [{ resources: 'servers' }, false, false],
    [{ namespaces: 'other', resources: 'namespaces' }, false, false],
  ])('by %j: seen %s, written %s', (constraint, seen, written) => {
    expect([ask(constraint, 'read', 'shop') === 'allowed', ask(constraint, 'write', 'shop') === 'allowed']).toEqual([seen, written])
  })

  it('without a name is none that is listed', () => {
    expect([ask({ namespaces: 'shop', resources: 'namespaces' }, 'write'), ask({ resources: 'namespaces' }, 'write')].map((verdict) => verdict === 'allowed')).toEqual([false, true])
  })
})

it('a key with limits is held against them like a token, and so is what it minted', () => {
  const limited = { ...backend, limits: tokenLimits({ namespaces: 'shop', operations: 'read' }) }
  const verdicts = (['shop', 'other'] as const).map((namespace) => verdictOf([[{}]], request({ namespace }), { minter: limited }))
  expect(verdicts).toEqual(['allowed', 'hidden'])
  expect(verdictOf([[{}]], request({ operation: 'write' }), { minter: limited })).toBe('refused')
})
