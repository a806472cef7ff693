// A policy as it was asked for, taken apart: what may be done, and for how long.
import { type Constraint, parsePolicy } from '../policy/constraint.ts'
import type { MintTokenInput } from './token-input.ts'
import { shortestLifetimeMs } from './token-lifetime.ts'

export interface AskedRights {
  policy: Constraint[] | undefined
  lifetimeMs: number | undefined
}

/** @throws policy.invalid, input.invalid */
export function readAskedRights({ policy, ttl }: Pick<MintTokenInput, 'policy' | 'ttl'>): AskedRights {
  const ttls = (policy ?? []).map((constraint, index) => ({ ttl: constraint.ttl, field: `policy.${index}.ttl` }))
  return { policy: policy && parsePolicy(policy.map(withoutTtl)), lifetimeMs: shortestLifetimeMs([{ ttl, field: 'ttl' }, ...ttls]) }
}

function withoutTtl(asked: NonNullable<MintTokenInput['policy']>[number]): object {
  const constraint = { ...asked }
  delete constraint.ttl
  return constraint
}
