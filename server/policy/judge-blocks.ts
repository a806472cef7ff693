// All blocks of an actor against one request: each must have a constraint that grants it.
import { isHiding, type Limit } from './limit.ts'
import { refuse, type Circumstances } from './match-constraint.ts'
import { Effort } from './pattern.ts'
import type { PermissionRequest } from './permission.ts'
import type { CompiledConstraint, PolicyBlock } from './policy-block.ts'
import type { Refusal } from './refusal-words.ts'

/** By which constraints a block grants a request: by one that asks for nothing in return, or by all that count. */
export interface Grant {
  block: PolicyBlock
  constraints: readonly CompiledConstraint[]
}

export type Judged = { allowed: true; grants: readonly Grant[] } | { allowed: false; as: 'hidden' | 'refused'; refusals: readonly Refusal[] }

export function judgeBlocks(blocks: readonly PolicyBlock[], request: PermissionRequest, presentedFrom: string | undefined): Judged {
  const circumstances: Circumstances = { presentedFrom, effort: new Effort() }
  const grants: Grant[] = []
  const refusals: Refusal[] = []
  for (const [index, block] of blocks.entries()) {
    const limits: Limit[] = []
    const constraints = findGrants(block, request, circumstances, limits)
    if (constraints.length > 0) grants.push({ block, constraints })
    else refusals.push({ block: index, limits })
  }
  if (refusals.length === 0) return { allowed: true, grants }
  // Hidden by one block is hidden, whatever the others would let see.
  const hidden = refusals.some(({ limits }) => limits.every(isHiding))
  return { allowed: false, as: hidden ? 'hidden' : 'refused', refusals }
}

/** One without a budget alone: what it gives for nothing is not paid for. */
function findGrants(block: PolicyBlock, request: PermissionRequest, circumstances: Circumstances, limits: Limit[]): CompiledConstraint[] {
  const counted: CompiledConstraint[] = []
  for (const constraint of block.constraints) {
    const limit = refuse(constraint, request, circumstances)
    if (limit !== undefined) limits.push(limit)
    else if (constraint.calls === undefined) return [constraint]
    else counted.push(constraint)
  }
  return counted
}
