// Whoever makes this call, as the decision point sees them. `server/identity` makes actors from what
// a request presents; nothing else does.

export interface ApiKeyActor {
  kind: 'api_key'
  /** The key's row id; what audit, sessions and logs call this principal. */
  id: string
  organizationId: string
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

export type Actor = ApiKeyActor | MemberActor

/** The stable name of a principal: sealed into session ids, written to logs. */
export const principalOf = (actor: Actor): string => `${actor.kind}:${actor.id}`
