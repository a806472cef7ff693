// The one place that says who may do what. Pure: everything it looks at is an argument. Every use
// case asks it first; doors never decide.
import { AppError } from '../lib/app-error.ts'
import { blocksOf, isLimited, type Actor, type ApiKeyActor, type LimitedActor, type MemberActor, type MemberRole } from './actor.ts'
import { chargesOf, type BudgetCharge } from './budget-charge.ts'
import { judgeBlocks } from './judge-blocks.ts'
import type { Operation, PermissionRequest, ResourceKind } from './permission.ts'
import { operationForbidden } from './policy-errors.ts'
import { refusalInWords } from './refusal-words.ts'

/**
 * `hidden`: this actor must not learn that the thing exists (answered like "no such thing").
 * `refused`: the actor sees the thing, but not with this operation. `reason` is for whoever owns the actor.
 */
export type Decision = Allowed | { allowed: false; as: 'hidden' | 'refused'; reason: string }

interface Allowed {
  allowed: true
  /** What the call costs; it may be made once each of these is paid by one of its budgets. */
  charges?: readonly (readonly BudgetCharge[])[]
}

const ALLOWED: Decision = { allowed: true }

type Grants = Readonly<Record<ResourceKind, readonly Operation[]>>

const ALL = ['read', 'write', 'execute'] as const
const READ = ['read'] as const
const EXECUTE = ['execute'] as const
const NONE = [] as const

const administrator: Grants = { namespaces: ALL, namespace_settings: ALL, connections: ALL, keys: ALL, tokens: ALL, members: ALL, webhooks: ALL, settings: READ, audit: READ }

/** What each role may do in its own organization. Only owners make and unmake owners: `server/identity` sees to that. */
const roles: Readonly<Record<MemberRole, Grants>> = {
  owner: administrator,
  admin: administrator,
  member: { namespaces: READ, namespace_settings: READ, connections: ALL, keys: NONE, tokens: EXECUTE, members: READ, webhooks: NONE, settings: NONE, audit: NONE },
}

/** An organization's backend: all of its connections and keys. People are invited by people. */
const apiKey: Grants = { namespaces: ALL, namespace_settings: ALL, connections: ALL, keys: ALL, tokens: ALL, members: NONE, webhooks: ALL, settings: NONE, audit: READ }

/** What can be lent, and what is left to a key with limits: nothing that could make a credential with fewer. */
const limited: Grants = { namespaces: ALL, namespace_settings: NONE, connections: ALL, keys: NONE, tokens: EXECUTE, members: NONE, webhooks: NONE, settings: NONE, audit: NONE }

function grantsOf(actor: Actor): Grants {
  if (actor.kind === 'member') return roles[actor.role]
  return isLimited(actor) ? limited : apiKey
}

export function authorize(actor: Actor, request: PermissionRequest): Decision {
  const { operation, resource, organizationId } = request
  if (actor.organizationId !== organizationId) return { allowed: false, as: 'hidden', reason: 'another organization owns it' }
  if (!grantsOf(actor)[resource].includes(operation)) {
    return { allowed: false, as: isUnseen(actor, request) ? 'hidden' : 'refused', reason: `${nameOf(actor)} may not ${operation} ${resource}` }
  }
  // What is minted by it is held against its limits, too: they need not be looked at for that.
  return isLimited(actor) && resource !== 'tokens' ? authorizeLimited(actor, request) : ALLOWED
}

function authorizeLimited(actor: LimitedActor, request: PermissionRequest): Decision {
  if (actor.kind === 'service_token') {
    // Its own limits come with the blocks.
    const minter = authorize(withoutLimits(actor.minter), request)
    if (!minter.allowed) return { ...minter, reason: `whoever minted the token: ${minter.reason}` }
  }
  const judged = judgeBlocks(blocksOf(actor), request, actor.kind === 'service_token' ? actor.presentedFrom : undefined)
  // Whoever sees a namespace hears that it is not theirs to delete.
  if (!judged.allowed) {
    const as = judged.as === 'hidden' && isDeletingSeen(actor, request) ? 'refused' : judged.as
    return { allowed: false, as, reason: refusalInWords(actor, request, judged.refusals) }
  }
  const charges = chargesOf(judged.grants, request)
  return charges.length === 0 ? ALLOWED : { allowed: true, charges }
}

/** What is in a namespace that this actor must not know of does not say that there is one. */
const isUnseen = (actor: Actor, { organizationId, namespace }: PermissionRequest): boolean =>
  isLimited(actor) && namespace !== undefined && !authorizeLimited(actor, { operation: 'read', resource: 'namespaces', organizationId, namespace }).allowed

const isDeletingSeen = (actor: LimitedActor, request: PermissionRequest): boolean =>
  request.resource === 'namespaces' && request.operation === 'write' && !isUnseen(actor, request)

const withoutLimits = (minter: ApiKeyActor | MemberActor): ApiKeyActor | MemberActor =>
  minter.kind === 'member' ? minter : { kind: minter.kind, id: minter.id, organizationId: minter.organizationId }

function nameOf(actor: Actor): string {
  if (actor.kind === 'member') return `the role ${actor.role}`
  if (actor.kind === 'service_token') return 'a service token'
  return isLimited(actor) ? 'an API key with limits' : 'an API key'
}

/** By the error that was thrown: what is hidden reads like what does not exist, and is a refusal nevertheless. */
const denied = new WeakMap<AppError, PermissionRequest>()

/** Asks, and throws what the caller may know. `notFound` builds the answer for something hidden, `forbidden` for something seen. */
export function requirePermission(
  actor: Actor,
  request: PermissionRequest,
  notFound: () => AppError,
  forbidden: (request: PermissionRequest) => AppError = operationForbidden,
): Allowed {
  const decision = authorize(actor, request)
  if (decision.allowed) return decision
  const error = decision.as === 'hidden' ? notFound() : forbidden(request)
  denied.set(error, request)
  throw error
}

/** What was asked for, if this error is the answer to who asked. */
export const deniedRequestOf = (error: AppError): PermissionRequest | undefined => denied.get(error)

/** What belongs to a person, and to nobody else in the organization. @throws policy.forbidden */
export function requireMember(actor: Actor): MemberActor {
  if (actor.kind === 'member') return actor
  throw new AppError({ code: 'policy.forbidden', kind: 'forbidden', message: 'This is about the account of a member, and this credential has none.' })
}

/** What only an app's own backend can know. @throws policy.forbidden */
export function requireApiKey(actor: Actor): ApiKeyActor {
  if (actor.kind === 'api_key') return actor
  throw new AppError({ code: 'policy.forbidden', kind: 'forbidden', message: 'Only a backend may say this: use an API key.' })
}
