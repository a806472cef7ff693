// From the policies in a token's blocks to what the decision point works with, once per token.
import { hash } from 'node:crypto'
import { type Constraint, readStoredPolicy } from '../policy/constraint.ts'
import { compileBlock, type PolicyBlock } from '../policy/policy-block.ts'
import type { VerifiedToken } from './token-chain.ts'

export interface CompiledToken {
  /** Each must allow what is asked. */
  blocks: PolicyBlock[]
  /** The same for the same rights of the same minter, whenever they were minted: sessions go on. */
  scopeHash: string
}

/** `undefined` if any of it is not understood: then the token is good for nothing. */
export function compileToken({ root, narrowings, signatureHashes }: VerifiedToken): CompiledToken | undefined {
  const blocks: PolicyBlock[] = []
  const policies: Constraint[][] = []
  for (const [index, { policy }] of [root, ...narrowings].entries()) {
    if (policy === undefined) continue
    const constraints = readStoredPolicy(policy)
    if (!constraints) return undefined
    policies.push(constraints)
    // The hash of the signature names the block where it stands: a budget in it is not another token's.
    blocks.push(compileBlock(constraints, signatureHashes[index]!))
  }
  return { blocks, scopeHash: hash('sha256', JSON.stringify([root.minter, root.audience ?? null, policies]), 'base64url') }
}
