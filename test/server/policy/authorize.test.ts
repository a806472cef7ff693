import { describe, expect, it } from 'vitest'
import { AppError } from '../../../server/lib/app-error.ts'
import { principalOf, type Actor } from '../../../server/policy/actor.ts'
import { authorize, requirePermission } from '../../../server/policy/authorize.ts'
import { parsePolicy } from '../../../server/policy/constraint.ts'
import type { Operation, ResourceKind } from '../../../server/policy/permission.ts'
import { compileBlock } from '../../../server/policy/policy-block.ts'

const actor: Actor = { kind: 'api_key', id: 'key_1', organizationId: 'org_a' }
const notFound = () => new AppError({ code: 'test.not_found', kind: 'not_found', message: 'No such thing.' })
const operations: Operation[] = ['read', 'write', 'execute']
const resources: ResourceKind[] = ['namespaces', 'connections', 'keys']

describe.each(operations.flatMap((operation) => resources.map((resource) => ({ operation, resource }))))(
  '$operation $resource',
  (request) => {
    it("is an API key's right in its own organization", () => {
      expect(authorize(actor, { ...request, organizationId: 'org_a' })).toEqual({ allowed: true })
      expect(() => requirePermission(actor, { ...request, organizationId: 'org_a' }, notFound)).not.toThrow()
    })

    it.each(['org_b', 'ORG_A', 'org_a ', ''])('in organization %j is answered as if there were no such thing', (organizationId) => {
      expect(authorize(actor, { ...request, organizationId })).toMatchObject({ allowed: false, as: 'hidden' })
      expect(() => requirePermission(actor, { ...request, organizationId }, notFound)).toThrow(
        expect.objectContaining({ code: 'test.not_found' })
      )
    })
  }
)

const members = (['owner', 'admin', 'member'] as const).map((role) => ({ kind: 'member', id: 'mem_1', organizationId: 'org_a', role, sessionHandle: 'ses_1' }) as const)

describe('who may do what in the console', () => {
  const may = (who: Actor, operation: Operation, resource: ResourceKind) => authorize(who, { operation, resource, organizationId: 'org_a' }).allowed
  const [owner, admin, person] = members as [Actor, Actor, Actor]

  it.each<[ResourceKind, Operation, boolean, boolean]>([
    ['connections', 'read', true, true],
    ['connections', 'write', true, true],
    ['connections', 'execute', true, true],
    ['namespaces', 'read', true, true],
    ['namespaces', 'write', true, false],
    ['keys', 'read', true, false],
    ['keys', 'write', true, false],
    ['members', 'read', true, true],
    ['members', 'write', true, false],
    ['settings', 'read', true, false],
    ['settings', 'write', false, false],
    ['audit', 'read', true, false],
    ['audit', 'write', false, false],
  ])('%s, %s: owners and admins %s, members %s', (resource, operation, administrators, everyone) => {
    expect([owner, admin, person].map((who) => may(who, operation, resource))).toEqual([administrators, administrators, everyone])
  })

  it.each<[ResourceKind, Operation]>([['members', 'read'], ['members', 'write'], ['settings', 'read']])(
    'an API key may not touch people or the installation: %s, %s',
    (resource, operation) => {
      const request = { operation, resource, organizationId: 'org_a' }
      expect(authorize(actor, request)).toMatchObject({ allowed: false, as: 'refused' })
      expect(() => requirePermission(actor, request, notFound)).toThrow(expect.objectContaining({ code: 'policy.forbidden' }))
    },
  )

  it('a member of another organization sees nothing, whatever the role', () => {
    expect(members.map((who) => authorize(who, { operation: 'read', resource: 'connections', organizationId: 'org_b' }))).toEqual(
      members.map(() => expect.objectContaining({ as: 'hidden' })),
    )
  })
})

it('a principal is named by its kind and its row, not by its key', () => {
  expect(principalOf(actor)).toBe('api_key:key_1')
})

describe('who is limited to some metadata', () => {
  const limited = (...policy: object[]): Actor => ({ ...actor, limits: compileBlock(parsePolicy(policy), 'hash') })
  const write = (from: string, to: string) => ({ operation: 'write' as const, resource: 'connections' as const, organizationId: 'org_a', connection: of(from), becomes: of(to) })
  const of = (userId: string) => ({ connectionId: 'it', metadata: { userId } })

  it('may change a connection if one grant covers it before and after', () => {
    const one = limited({ metadata: { userId: '1' } })
    expect(authorize(one, write('1', '1'))).toEqual({ allowed: true })
    expect(authorize(one, write('1', '2'))).toMatchObject({ allowed: false, as: 'refused' })
    expect(authorize(one, write('2', '1'))).toMatchObject({ allowed: false, as: 'hidden' })
  })

  it('may not carry it from one grant into another', () => {
    const two = limited({ metadata: { userId: '1' } }, { metadata: { userId: '2' } })
    expect(authorize(two, write('1', '2'))).toMatchObject({ allowed: false, as: 'refused' })
    expect(authorize(two, write('2', '2'))).toEqual({ allowed: true })
  })
})
