// Whoever makes this call, as the decision point sees them. `server/identity` makes actors from what
// a request presents; nothing else does.
import type { PolicyBlock } from './policy-block.ts'

export interface ApiKeyActor {
  kind: 'api_key'
  /** The key's row id; what audit, sessions and logs call this principal. */
  id: string
  organizationId: string
  /** What the key is limited to; without it, all of its organization. */
  limits?: PolicyBlock
  /** From where it may be used, and what it minted; without them, from anywhere. */
  addresses?: { includes(address: string): boolean }
}

export type MemberRole = 'owner' | 'admin' | 'member'

/** A person, signed in to the console. */
export interface MemberActor {
  kind: 'member'
  id: string
  organizationId: string
  role: MemberRole
  /** The browser that asks, by the public name of its session. */
  sessionHandle: string
}

/** Whoever holds a token that a key or a member minted, perhaps narrowed on its way. */
export interface ServiceTokenActor {
  kind: 'service_token'
  /** Of the root, which all tokens narrowed from it share. */
  id: string
  organizationId: string
  /** As they are now: what the minter may not do any more, the token may not either. */
  minter: ApiKeyActor | MemberActor
  /** A call must be within each of them. */
  blocks: readonly PolicyBlock[]
  /** Of the minter and the policy without its times: the same policy minted again is the same principal. */
  scopeHash: string
  /** What revocations know it by: it, and all that it was narrowed from. */
  signatureHashes: readonly string[]
  /** Of the root; what tools said of themselves later does not count. */
  issuedAtMs: number
  expiresAtMs: number
  /** The one address it is for; whoever resolves a token sees to that. */
  audience?: string
  /** Origin of the web page that presents it. */
  presentedFrom?: string
}

export type Actor = ApiKeyActor | MemberActor | ServiceTokenActor

/** Whom a token or a limited key says it is, beside whose rights it has. */
export type LimitedActor = ServiceTokenActor | (ApiKeyActor & { limits: PolicyBlock })

/** The stable name of a principal: sealed into session ids, written to logs. */
export function principalOf(actor: Actor): string {
  const known = principals.get(actor)
  if (known !== undefined) return known
  const principal = actor.kind === 'service_token' ? `service_token:${actor.scopeHash}` : `${actor.kind}:${actor.id}`
  principals.set(actor, principal)
  return principal
}

// Asked for several times a call, and used as a key each time: a text put together anew has to be hashed anew.
const principals = new WeakMap<Actor, string>()

/** Holds less than all that a key or a role may do. Everybody else pays nothing for the rest of this room. */
export const isLimited = (actor: Actor): actor is LimitedActor =>
  actor.kind === 'service_token' || (actor.kind === 'api_key' && actor.limits !== undefined)

/** All that narrows this actor, its minter's own limits included. */
export function blocksOf(actor: Actor): readonly PolicyBlock[] {
  if (actor.kind === 'member') return []
  if (actor.kind === 'api_key') return actor.limits ? [actor.limits] : []
  return [...blocksOf(actor.minter), ...actor.blocks]
}
