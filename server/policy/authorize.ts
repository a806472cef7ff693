// The one place that says who may do what. Pure: everything it looks at is an argument. Every use
// case asks it first; doors never decide.
import { AppError } from '../lib/app-error.ts'
import type { Actor, ApiKeyActor, MemberActor, MemberRole } from './actor.ts'

export type Operation = 'read' | 'write' | 'execute'
/** `settings` are the installation's: what the operator allows, which keys encrypt. */
export type ResourceKind = 'namespaces' | 'connections' | 'keys' | 'members' | 'webhooks' | 'settings'

export interface PermissionRequest {
  operation: Operation
  resource: ResourceKind
  /** Who owns what is asked for. Compared before any name: a name freed here may be someone else's there. */
  organizationId: string
}

/**
 * `hidden`: this actor must not learn that the thing exists (answered like "no such thing").
 * `refused`: the actor sees the thing, but not with this operation.
 */
export type Decision = { allowed: true } | { allowed: false; as: 'hidden' | 'refused'; reason: string }

const ALLOWED: Decision = { allowed: true }

type Grants = Readonly<Record<ResourceKind, readonly Operation[]>>

const ALL = ['read', 'write', 'execute'] as const
const READ = ['read'] as const
const NONE = [] as const

const administrator: Grants = { namespaces: ALL, connections: ALL, keys: ALL, members: ALL, webhooks: ALL, settings: READ }

/** What each role may do in its own organization. Only owners make and unmake owners: `server/identity` sees to that. */
const roles: Readonly<Record<MemberRole, Grants>> = {
  owner: administrator,
  admin: administrator,
  member: { namespaces: READ, connections: ALL, keys: NONE, members: READ, webhooks: NONE, settings: NONE },
}

/** An organization's backend: all of its connections and keys. People are invited by people. */
const apiKey: Grants = { namespaces: ALL, connections: ALL, keys: ALL, members: NONE, webhooks: ALL, settings: NONE }

export function authorize(actor: Actor, { operation, resource, organizationId }: PermissionRequest): Decision {
  if (actor.organizationId !== organizationId) return { allowed: false, as: 'hidden', reason: 'another organization owns it' }
  const grants = actor.kind === 'member' ? roles[actor.role] : apiKey
  if (grants[resource].includes(operation)) return ALLOWED
  const who = actor.kind === 'member' ? `the role ${actor.role}` : 'an API key'
  return { allowed: false, as: 'refused', reason: `${who} may not ${operation} ${resource}` }
}

/** Asks, and throws what the caller may know. `notFound` builds the answer for something hidden. */
export function requirePermission(actor: Actor, request: PermissionRequest, notFound: () => AppError): void {
  const decision = authorize(actor, request)
  if (decision.allowed) return
  throw decision.as === 'hidden' ? notFound() : operationForbidden(request)
}

export const operationForbidden = (request: PermissionRequest) =>
  new AppError({
    code: 'policy.forbidden',
    kind: 'forbidden',
    message: `This credential may not ${request.operation} ${request.resource}.`,
    details: { operation: request.operation, resource: request.resource },
  })

/** What belongs to a person, and to nobody else in the organization. @throws policy.forbidden */
export function requireMember(actor: Actor): MemberActor {
  if (actor.kind === 'member') return actor
  throw new AppError({ code: 'policy.forbidden', kind: 'forbidden', message: 'This is about the account of a member, and an API key has none.' })
}

/** What only an app's own backend can know. @throws policy.forbidden */
export function requireApiKey(actor: Actor): ApiKeyActor {
  if (actor.kind === 'api_key') return actor
  throw new AppError({ code: 'policy.forbidden', kind: 'forbidden', message: 'Only a backend may say this: use an API key.' })
}
