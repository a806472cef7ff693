// Actors with limits, made by hand, and requests to hold them against.
import type { ApiKeyActor, ServiceTokenActor } from '../../../server/policy/actor.ts'
import { authorize } from '../../../server/policy/authorize.ts'
import { parsePolicy } from '../../../server/policy/constraint.ts'
import type { CallFacts, PermissionRequest } from '../../../server/policy/permission.ts'
import { compileBlock } from '../../../server/policy/policy-block.ts'

export const backend: ApiKeyActor = { kind: 'api_key', id: 'key_1', organizationId: 'org_a' }

/** Each policy is a block: the root's, and what it was narrowed to. */
export const tokenWith = (policies: readonly unknown[], changes: Partial<ServiceTokenActor> = {}): ServiceTokenActor => ({
  kind: 'service_token',
  id: 'tok_1',
  organizationId: 'org_a',
  minter: backend,
  blocks: policies.map((policy, index) => compileBlock(parsePolicy(policy), `block-${index}`)),
  scopeHash: 'scope',
  signatureHashes: [],
  issuedAtMs: 0,
  expiresAtMs: 1,
  ...changes,
})

export const callOf = (method: string, params?: Record<string, unknown>): CallFacts => ({ method, params })

export const connectionRequest = (changes: Partial<PermissionRequest> = {}): PermissionRequest => ({
  operation: 'read',
  resource: 'connections',
  organizationId: 'org_a',
  namespace: 'shop',
  connection: { connectionId: 'it', metadata: { userId: '1', plan: 'free' } },
  ...changes,
})

/** `allowed`, or how it is denied. */
export function verdictOf(policies: readonly unknown[], request: PermissionRequest, changes: Partial<ServiceTokenActor> = {}): 'allowed' | 'hidden' | 'refused' {
  const decision = authorize(tokenWith(policies, changes), request)
  return decision.allowed ? 'allowed' : decision.as
}

export const tokenLimits = (...constraints: object[]) => compileBlock(parsePolicy(constraints), 'limits')
