// What a call costs those who may make only so many.
import type { Grant } from './judge-blocks.ts'
import { findMethod } from './mcp-methods.ts'
import type { PermissionRequest } from './permission.ts'

export interface BudgetCharge {
  /** The statement of the limit, wherever it was copied to: narrowing a token makes no new budget. */
  budget: string
  /** Calls that there are in all. */
  calls: number
}

/** For each block that counts: the budgets of which one has to pay, in the order of its constraints. */
export function chargesOf(grants: readonly Grant[], { call }: PermissionRequest): BudgetCharge[][] {
  if (!call || call === 'some' || call.anyArguments || call.method === undefined || findMethod(call.method)?.role !== undefined) return []
  return grants.map(chargesOfBlock).filter((charges) => charges.length > 0)
}

const chargesOfBlock = ({ block, constraints }: Grant): BudgetCharge[] =>
  constraints.flatMap((constraint) => (constraint.calls === undefined ? [] : [{ budget: `${block.hash}.${block.constraints.indexOf(constraint)}`, calls: constraint.calls }]))
