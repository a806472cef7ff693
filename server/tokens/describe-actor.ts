// A credential in words: who it is, and all that it may do.
import { type Actor, blocksOf } from '../policy/actor.ts'
import { authorize } from '../policy/authorize.ts'
import { describeConstraint } from '../policy/describe-constraint.ts'
import type { ResourceKind } from '../policy/permission.ts'
import type { Explanation } from './explain-view.ts'

const OPERATIONS = ['read', 'write', 'execute'] as const
const RESOURCES: readonly ResourceKind[] = ['connections', 'namespaces', 'namespace_settings', 'tokens', 'webhooks', 'keys', 'members', 'settings']

export function describeActor(actor: Actor): Pick<Explanation, 'actor' | 'may'> {
  const limits = blocksOf(actor).map((block) => ({ anyOf: block.source.map(describeConstraint) }))
  return { actor: nameActor(actor), may: [{ anyOf: describeGrants(actor.kind === 'service_token' ? actor.minter : actor) }, ...limits] }
}

function nameActor(actor: Actor): Explanation['actor'] {
  const { kind, id } = actor
  if (actor.kind !== 'service_token') return { kind, id }
  return { kind, id, mintedBy: { kind: actor.minter.kind, id: actor.minter.id }, expiresAt: new Date(actor.expiresAtMs).toISOString() }
}

/** What the key or the role as such may do, before any limits. */
function describeGrants(actor: Exclude<Actor, { kind: 'service_token' }>): string[] {
  const { organizationId } = actor
  const unlimited: Actor = actor.kind === 'member' ? actor : { kind: actor.kind, id: actor.id, organizationId }
  return RESOURCES.flatMap((resource) => {
    const allowed = OPERATIONS.filter((operation) => authorize(unlimited, { operation, resource, organizationId }).allowed)
    return allowed.length === 0 ? [] : [`${allowed.join(', ')} ${resource.replace('_', ' ')}`]
  })
}
