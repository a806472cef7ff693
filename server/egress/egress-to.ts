// A way out that leads to one place, which the operator named. It takes nothing from EGRESS_ALLOW and adds nothing to it: where the
// operator's own servers are is no place for what a tenant types.
import { silentLogger } from '../lib/logger.ts'
import type { DestinationRules } from './destination.ts'
import { createEgress, type Egress } from './egress.ts'
import { bareHostname, portOf } from './own-listener.ts'

export type EgressToOptions = Pick<DestinationRules, 'publicUrl' | 'ownListeners'> & { instanceId: string }

export const createEgressTo = (place: URL, options: EgressToOptions): Egress =>
  createEgress({
    ...options,
    allow: [{ kind: 'host', host: bareHostname(place), port: portOf(place) }],
    laptop: false,
    hosts: new Map(),
    log: silentLogger,
  })
