// Metadata decides who may use a connection, so whoever is limited by it must not choose it: not for a connection that
// is there, and for a new one only what their own limits say.
import { blocksOf, isLimited, type Actor } from './actor.ts'
import { alternativesOf, withoutSpecialCases, type Alternative } from './connection-scope.ts'
import { isSameJson } from './json-value.ts'
import { textAt } from './match-constraint.ts'
import { metadataAmbiguous, metadataFixed, operationForbidden } from './policy-errors.ts'

export type Metadata = Readonly<Record<string, unknown>>

/** Every key that a limit looks at, also one that does not apply here. */
function fixedKeysOf(actor: Actor): ReadonlySet<string> {
  const pairs = blocksOf(actor).flatMap(({ constraints }) => constraints.flatMap(({ metadata = [] }) => metadata.flat()))
  return new Set(pairs.map(([key]) => key).filter((key) => key !== 'connectionId'))
}

/** `wanted`, with what this actor cannot change as it is stored. @throws policy.metadata_fixed for what says otherwise */
export function keepFixedMetadata<Wanted extends Metadata>(actor: Actor, stored: Metadata | null, wanted: Wanted | null): Wanted | null {
  if (!isLimited(actor)) return wanted
  const kept: [string, unknown][] = []
  for (const key of fixedKeysOf(actor)) {
    const before = memberOf(stored, key)
    const after = memberOf(wanted, key)
    if (after && !(before && isSameJson(before.value, after.value))) throw metadataFixed(key)
    if (before && !after) kept.push([key, before.value])
  }
  return kept.length === 0 ? wanted : (Object.fromEntries([...Object.entries(wanted ?? {}), ...kept]) as Wanted)
}

const memberOf = (metadata: Metadata | null, key: string): { value: unknown } | undefined =>
  metadata && Object.hasOwn(metadata, key) ? { value: metadata[key] } : undefined

export interface NewConnectionFacts<Wanted extends Metadata> {
  organizationId: string
  namespace: string
  /** Not known before one is made up: then no limit to an id is met. */
  connectionId: string | undefined
  metadata: Wanted | null
}

/** The metadata with which this actor may make the connection. @throws policy.forbidden, policy.metadata_ambiguous */
export function fillMetadata<Wanted extends Metadata>(actor: Actor, wanted: NewConnectionFacts<Wanted>): Wanted | null {
  if (!isLimited(actor)) return wanted.metadata
  const { organizationId, namespace, metadata } = wanted
  const given = [...fixedKeysOf(actor)].filter((key) => memberOf(metadata, key))
  const fitting = alternativesOf(actor, { operation: 'write', organizationId, namespace })
    // A key that a limit looks at may be given, if that is what the limit says itself.
    .filter((pairs) => given.every((key) => pairs.get(key) === textAt(wanted, key)))
    .filter((pairs) => !pairs.has('connectionId') || pairs.get('connectionId') === wanted.connectionId)
  const fillings = withoutSpecialCases(fitting.map((pairs) => missingIn(metadata, pairs)))
  const [filling, ...others] = fillings
  if (!filling) throw operationForbidden({ operation: 'write', resource: 'connections' })
  if (others.length > 0) throw metadataAmbiguous()
  return filling.size === 0 ? metadata : (Object.fromEntries([...Object.entries(metadata ?? {}), ...filling]) as Wanted)
}

const missingIn = (metadata: Metadata | null, pairs: Alternative): Alternative =>
  new Map([...pairs].filter(([key]) => key !== 'connectionId' && !memberOf(metadata, key)))
