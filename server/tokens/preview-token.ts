// What a token would be good for, asked before it is minted: its policy in words, the connections that it would reach, and
// whether it would be allowed one thing. Nothing is signed or stored.
import { listConnections } from '../../db/queries/list-connections.ts'
import type { Context } from '../context/context.ts'
import { SECOND_MS } from '../lib/units.ts'
import { requireNamespace } from '../namespaces/namespaces.ts'
import type { ServiceTokenActor } from '../policy/actor.ts'
import { authorize, requirePermission } from '../policy/authorize.ts'
import { connectionScopeOf, type ConnectionScope } from '../policy/connection-scope.ts'
import type { Constraint } from '../policy/constraint.ts'
import { describeConstraint } from '../policy/describe-constraint.ts'
import { operationForbidden } from '../policy/policy-errors.ts'
import { compileBlock } from '../policy/policy-block.ts'
import { readAskedRights } from './asked-rights.ts'
import { findAsked, NOTHING_KNOWN, type Question } from './find-asked.ts'
import { EVERY_CONNECTION } from './mint-token.ts'
import type { PreviewTokenInput, TokenPreview } from './preview-view.ts'
import { tokenNotFound } from './token-errors.ts'
import { lifetimeOrDefaultMs } from './token-lifetime.ts'

const MAX_COUNTED = 100
const SAMPLE = 5

/** @throws policy.forbidden for a service token, policy.invalid, input.invalid, namespace.not_found, policy.too_many_alternatives */
export async function previewToken(context: Context, { policy: given, ttl, namespace: name, question }: PreviewTokenInput): Promise<TokenPreview> {
  const { actor } = context
  requirePermission(actor, { operation: 'execute', resource: 'tokens', organizationId: actor.organizationId }, tokenNotFound)
  // What is narrowed from it is asked about itself, with `explain`.
  if (actor.kind === 'service_token') throw operationForbidden({ operation: 'execute', resource: 'tokens' })
  const { policy = EVERY_CONNECTION, lifetimeMs } = readAskedRights({ policy: given, ttl })
  const namespace = await requireNamespace(context, { name, operation: 'read', resource: 'connections', connection: 'some' })
  const draft = draftOf(actor, policy, context.db.now())
  return {
    may: policy.map(describeConstraint),
    lifetimeSeconds: lifetimeOrDefaultMs(lifetimeMs) / SECOND_MS,
    connections: await findWithinReach(context, draft, namespace.name),
    ...(question && { decision: await tryOut(context, draft, { ...question, resource: 'connections', namespace: namespace.name }) }),
  }
}

/** As a page of the first origin that the policy names would present it: from anywhere else, such a policy allows nothing. */
function draftOf(minter: ServiceTokenActor['minter'], policy: readonly Constraint[], issuedAtMs: number): ServiceTokenActor {
  const { organizationId } = minter
  const presentedFrom = policy.flatMap(({ origins = [] }) => origins)[0]
  return {
    kind: 'service_token',
    id: '',
    organizationId,
    minter,
    blocks: [compileBlock(policy, '')],
    scopeHash: '',
    signatureHashes: [],
    issuedAtMs,
    expiresAtMs: issuedAtMs,
    ...(presentedFrom !== undefined && { presentedFrom }),
  }
}

async function findWithinReach({ db }: Context, draft: ServiceTokenActor, namespace: string): Promise<TokenPreview['connections']> {
  const { rows, next } = await listConnections(db, { namespace, scope: scopeOf(draft, namespace), limit: MAX_COUNTED })
  const sample = rows.slice(0, SAMPLE).map(({ connectionId, name }) => ({ connectionId, name }))
  return { count: rows.length, isMore: next !== undefined, sample }
}

/** Whatever it may do with them. */
function scopeOf(draft: ServiceTokenActor, namespace: string): ConnectionScope | undefined {
  const place = { organizationId: draft.organizationId, namespace }
  const scopes = (['read', 'write', 'execute'] as const).map((operation) => connectionScopeOf(draft, { ...place, operation }))
  if (scopes.includes(undefined)) return undefined
  const alternatives = scopes.flatMap((scope = []) => scope)
  return [...new Map(alternatives.map((pairs) => [JSON.stringify(pairs), pairs])).values()]
}

async function tryOut(context: Context, draft: ServiceTokenActor, question: Question): Promise<NonNullable<TokenPreview['decision']>> {
  const asked = await findAsked(context, draft, question)
  // Whoever mints may have limits of their own, and hears of nothing that these hide.
  const own = asked && authorize(context.actor, asked)
  if (!asked || !own || (!own.allowed && own.as === 'hidden')) return { allowed: false, reason: NOTHING_KNOWN }
  const decision = authorize(draft, asked)
  return { allowed: decision.allowed, reason: decision.allowed ? null : decision.reason }
}
