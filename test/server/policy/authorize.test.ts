import { describe, expect, it } from 'vitest'
import { AppError } from '../../../server/lib/app-error.ts'
import { principalOf, type Actor } from '../../../server/policy/actor.ts'
import { authorize, requirePermission, type Operation, type ResourceKind } from '../../../server/policy/authorize.ts'

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

it('a principal is named by its kind and its row, not by its key', () => {
  expect(principalOf(actor)).toBe('api_key:key_1')
})
