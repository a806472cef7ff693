// Which connections of a namespace a limited actor may do something with, as alternatives of metadata pairs: what a list
// searches for instead of asking about each row. Says the same as asking about each row would.
import { blocksOf, isLimited, type Actor } from './actor.ts'
import { refuse } from './match-constraint.ts'
import type { MetadataPair } from './metadata-text.ts'
import { Effort } from './pattern.ts'
import type { Operation, PermissionRequest } from './permission.ts'
import type { PolicyBlock } from './policy-block.ts'
import { policyTooBroad } from './policy-errors.ts'

/** One of its elements must match with all pairs; the key `connectionId` means the id itself. */
export type ConnectionScope = readonly (readonly MetadataPair[])[]

/** Each is a search of its own. */
const MAX_SEARCHES = 100
/** On the way there: blocks multiply. */
const MAX_ALTERNATIVES = 1000

export type Alternative = ReadonlyMap<string, string>
const ANYTHING: readonly Alternative[] = [new Map()]

export interface ScopeRequest {
  operation: Operation
  organizationId: string
  namespace: string
}

/** `undefined`: all of them. @throws policy.too_many_alternatives */
export function connectionScopeOf(actor: Actor, request: ScopeRequest): ConnectionScope | undefined {
  if (!isLimited(actor)) return undefined
  const alternatives = withoutSpecialCases(alternativesOf(actor, request))
  if (alternatives.length > MAX_SEARCHES) throw policyTooBroad()
  if (alternatives.some(({ size }) => size === 0)) return undefined
  return alternatives.map((pairs) => Array.from(pairs, ([key, value]) => ({ key, value })))
}

/** What all blocks together say of metadata: one without pairs is no limit, none at all is nothing. @throws policy.too_many_alternatives */
export function alternativesOf(actor: Actor, { operation, organizationId, namespace }: ScopeRequest): readonly Alternative[] {
  const request: PermissionRequest = { operation, organizationId, resource: 'connections', namespace, connection: 'some', call: 'some' }
  const presentedFrom = actor.kind === 'service_token' ? actor.presentedFrom : undefined
  let alternatives = ANYTHING
  for (const block of blocksOf(actor)) {
    alternatives = combine(alternatives, alternativesIn(block, request, presentedFrom))
    if (alternatives.length > MAX_ALTERNATIVES) throw policyTooBroad()
  }
  return alternatives
}

function alternativesIn(block: PolicyBlock, request: PermissionRequest, presentedFrom: string | undefined): readonly Alternative[] {
  const circumstances = { presentedFrom, effort: new Effort() }
  const granting = block.constraints.filter((constraint) => refuse(constraint, request, circumstances) === undefined)
  return granting.flatMap(({ metadata }) => metadata?.map((pairs) => new Map(pairs)) ?? ANYTHING)
}

/** Both of them, where they can be true together; each once. */
function combine(some: readonly Alternative[], others: readonly Alternative[]): readonly Alternative[] {
  const combined = new Map<string, Alternative>()
  for (const one of some) {
    for (const other of others) {
      if ([...other].some(([key, value]) => one.has(key) && one.get(key) !== value)) continue
      const both = [...one, ...other].toSorted(([key], [next]) => (key < next ? -1 : 1))
      const alternative = new Map(both)
      combined.set(JSON.stringify([...alternative]), alternative)
    }
  }
  return [...combined.values()]
}

/** {userId: 1, plan: free} is nothing new beside {userId: 1}. */
export function withoutSpecialCases(alternatives: readonly Alternative[]): readonly Alternative[] {
  const kept: Alternative[] = []
  for (const candidate of alternatives.toSorted((one, other) => one.size - other.size)) {
    if (!kept.some((general) => isCaseOf(candidate, general))) kept.push(candidate)
  }
  return kept
}

const isCaseOf = (special: Alternative, general: Alternative): boolean => [...general].every(([key, value]) => special.get(key) === value)
