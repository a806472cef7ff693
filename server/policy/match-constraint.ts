// One constraint and one request. The first member that says no is the answer: its name is what the owner of a token is
// told, and whether a stranger may know that the thing exists.
import { hasOwn } from './json-value.ts'
import type { Limit } from './limit.ts'
import { refuseCall } from './match-call.ts'
import { metadataText } from './metadata-text.ts'
import type { Effort } from './pattern.ts'
import type { ConnectionFacts, PermissionRequest } from './permission.ts'
import type { CompiledConstraint, MetadataPairs } from './policy-block.ts'

export interface Circumstances {
  /** Origin of the page that presents the token. */
  presentedFrom: string | undefined
  effort: Effort
}

/** `undefined`: it grants this. */
export function refuse(constraint: CompiledConstraint, request: PermissionRequest, circumstances: Circumstances): Limit | undefined {
  const { namespaces, origins } = constraint
  if (!covers(constraint, request)) return 'resources'
  if (namespaces && (request.namespace === undefined || !namespaces.has(request.namespace))) return 'namespaces'
  if (constraint.metadata && request.resource === 'connections' && request.connection !== 'some') {
    if (!isWithin(constraint.metadata, request.connection)) return 'metadata'
    if (request.becomes && !isWithin(constraint.metadata, request.becomes)) return 'result'
  }
  if (!allowsOperation(constraint, request)) return 'operations'
  if (origins && (circumstances.presentedFrom === undefined || !origins.has(circumstances.presentedFrom))) return 'origins'
  if (constraint.limitsCalls && request.resource === 'connections' && request.operation === 'execute' && request.call !== 'some') {
    return refuseCall(constraint, request.call, circumstances.effort)
  }
  return undefined
}

function covers({ resources }: CompiledConstraint, { resource, operation }: PermissionRequest): boolean {
  if (resource === 'connections') return resources === undefined || resources.has('connections')
  if (resource !== 'namespaces') return false
  // Whoever may use connections has to find them; that a namespace is made or deleted must be said.
  if (operation === 'read') return resources === undefined || resources.has('namespaces') || resources.has('connections')
  return resources?.has('namespaces') ?? false
}

function allowsOperation({ operations, limitsCalls, metadata }: CompiledConstraint, { resource, operation }: PermissionRequest): boolean {
  if (resource === 'namespaces') {
    // A namespace holds connections of every kind: who is limited to some of them cannot delete it.
    return operation === 'read' || (!limitsCalls && metadata === undefined && (operations?.has(operation) ?? true))
  }
  if (operations) return operations.has(operation)
  // Who limits what may be called hardly means that the connection may be changed.
  return operation !== 'write' || !limitsCalls
}

export const isWithin = (alternatives: readonly MetadataPairs[], connection: ConnectionFacts | undefined): boolean =>
  connection !== undefined && alternatives.some((pairs) => pairs.every(([key, value]) => textAt(connection, key) === value))

/** `connectionId` is the id itself: metadata cannot have a member of that name. */
export function textAt({ connectionId, metadata }: ConnectionFacts, key: string): string | undefined {
  if (key === 'connectionId') return connectionId
  return metadata && hasOwn(metadata, key) ? metadataText(metadata[key]) : undefined
}
