// Takes messages that are due to where they belong: one at a time for each endpoint, so many endpoints at once, whoever
// waited longest first.
import { leaseDelivery, listWaitingEndpoints } from '../../db/queries/webhook-leases.ts'
import type { House } from '../context/context.ts'
import { newId } from '../lib/ids.ts'
import { SECOND_MS } from '../lib/units.ts'
import { attemptDelivery } from './attempt-delivery.ts'

const AT_ONCE = 32
/** Longer than any attempt, recording it included: only whoever ended without a word loses an endpoint to another. */
export const LEASE_MS = 30 * SECOND_MS

export interface Deliverer {
  /** From now on news of connections are followed by a look for what they left to tell. */
  listen(): void
  /** Resolves when nothing is due any more, or only with other processes. */
  deliverDue(): Promise<void>
  /** Begins nothing more; resolves when what is under way is over. */
  stop(): Promise<void>
}

export function createDeliverer(house: House): Deliverer {
  const stopping = new AbortController()
  const underWay = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let lookAgain = false
  let idle: Promise<void> | undefined

  function wake(): void {
    if (stopping.signal.aborted) return
    if (looking) {
      lookAgain = true
      return
    }
    looking = look()
      .catch((error: unknown) => house.log.error('looking for webhooks to deliver failed', { error }))
      .finally(() => {
        looking = undefined
        if (!lookAgain) return
        lookAgain = false
        wake()
      })
  }

  async function look(): Promise<void> {
    // With no place left, whoever is done looks again.
    const places = AT_ONCE - underWay.size
    if (places === 0) return
    const at = house.db.now()
    for (const endpointId of await listWaitingEndpoints(house.db, { at, limit: places })) {
      if (stopping.signal.aborted) return
      const owner = newId('lse')
      const leased = await leaseDelivery(house.db, { endpointId, owner, at, until: at + LEASE_MS })
      if (leased) begin(attemptDelivery(house, leased, owner))
    }
  }

  function begin(attempt: Promise<void>): void {
    const task = attempt
      .catch((error: unknown) => house.log.error('an attempt to deliver a webhook could not be recorded', { error }))
      .finally(() => {
        underWay.delete(task)
        wake()
      })
    underWay.add(task)
  }

  async function untilIdle(): Promise<void> {
    while (looking || underWay.size > 0) await (looking ?? Promise.race(underWay))
  }

  async function followNews(): Promise<void> {
    // Whoever publishes has stored what there is to tell.
    for await (const _change of house.statusFeed.subscribe(stopping.signal)) wake()
  }

  return {
    listen: () => void followNews(),
    deliverDue() {
      wake()
      return (idle ??= untilIdle().finally(() => (idle = undefined)))
    },
    async stop() {
      stopping.abort()
      await untilIdle()
    },
  }
}
