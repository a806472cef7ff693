// The one place that says who may do what. Pure: everything it looks at is an argument. Every use
// case asks it first; doors never decide.
import { AppError } from '../lib/app-error.ts'
import type { Actor } from './actor.ts'

export type Operation = 'read' | 'write' | 'execute'
export type ResourceKind = 'namespaces' | 'connections' | 'keys'

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

export function authorize(actor: Actor, request: PermissionRequest): Decision {
  if (actor.organizationId !== request.organizationId) return { allowed: false, as: 'hidden', reason: 'another organization owns it' }
  // An API key is its organization's backend: full access to all of it.
  return ALLOWED
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
