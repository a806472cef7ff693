// A link that was made with a service token acts within that token's limits, and ends with it. The token itself is not
// kept: its policy and what revocations know it by are enough.
import type { MintedUnder } from '../../db/schema/connect-session.ts'
import type { House } from '../context/context.ts'
import type { Actor, ServiceTokenActor } from '../policy/actor.ts'
import { readStoredPolicy } from '../policy/constraint.ts'
import { compileBlock, type PolicyBlock } from '../policy/policy-block.ts'
import { learnRevocations } from '../tokens/learn-revocations.ts'

export function mintedUnderOf(actor: Actor): MintedUnder | null {
  if (actor.kind !== 'service_token') return null
  const { id, scopeHash, signatureHashes, issuedAtMs, expiresAtMs, presentedFrom = null, blocks } = actor
  return { id, scopeHash, signatureHashes: [...signatureHashes], issuedAtMs, expiresAtMs, presentedFrom, blocks: blocks.map(({ source, hash }) => ({ policy: source, hash })) }
}

/** The token's holder, on behalf of `minter` as they are now; `undefined` once the token is over. */
export async function holderOf(house: House, token: MintedUnder, minter: ServiceTokenActor['minter']): Promise<ServiceTokenActor | undefined> {
  // Also those that another process ended a moment ago: a link is opened once.
  await learnRevocations(house)
  if (token.expiresAtMs <= house.db.now() || house.revocations.includeAny(token.signatureHashes)) return undefined
  const blocks: PolicyBlock[] = []
  for (const { policy, hash } of token.blocks) {
    const constraints = readStoredPolicy(policy)
    if (!constraints) return undefined
    blocks.push(compileBlock(constraints, hash))
  }
  const { id, scopeHash, signatureHashes, issuedAtMs, expiresAtMs, presentedFrom } = token
  const known = { id, scopeHash, signatureHashes, issuedAtMs, expiresAtMs, blocks }
  return { kind: 'service_token', organizationId: minter.organizationId, minter, ...known, ...(presentedFrom !== null && { presentedFrom }) }
}
