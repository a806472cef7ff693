// One attempt at one message, and what follows from it for the message and for its endpoint.
import { finishDelivery, releaseEndpoint, type AttemptOutcome, type EndpointHealth, type LeasedDelivery } from '../../db/queries/webhook-leases.ts'
import type { WebhookDeliveryRow } from '../../db/schema/webhook-delivery.ts'
import type { House } from '../context/context.ts'
import { DAY_MS } from '../lib/units.ts'
import type { PostResult } from './post-message.ts'
import { retryDelayMs } from './retry-schedule.ts'
import { hasArrived, sendMessage } from './send-message.ts'

/** Nobody reads what arrives nowhere: longer than any one message is retried. */
export const GIVE_UP_MS = 5 * DAY_MS
/** RFC 9110 §15.5.11; Standard Webhooks, "Response codes": stop sending. */
const GONE = 410

/** `owner` holds the endpoint, and gives it back. */
export async function attemptDelivery(house: House, { endpoint, delivery }: LeasedDelivery, owner: string): Promise<void> {
  const at = house.db.now()
  const result = await sendMessage(house, endpoint, delivery)
  // This process ends; the next one starts with this message.
  if (result.error === 'upstream.shutting_down') return releaseEndpoint(house.db, { endpointId: endpoint.id, owner })
  const health = healthAfter(result, endpoint.failingSince, at)
  await finishDelivery(house.db, { endpointId: endpoint.id, deliveryId: delivery.id, owner, outcome: outcomeOf(result, delivery, at), health })
  if (health.disabledBecause) house.log.warn('a webhook endpoint was switched off', { webhookId: endpoint.id, namespace: endpoint.namespace, because: health.disabledBecause })
}

function outcomeOf(result: PostResult, delivery: WebhookDeliveryRow, at: number): AttemptOutcome {
  const attempts = delivery.attempts + 1
  const seen = { attempts, lastAttemptAt: at, lastStatus: result.status, lastError: result.error, durationMs: result.durationMs }
  if (hasArrived(result)) return { ...seen, state: 'delivered', nextAttemptAt: null }
  const delay = result.status === GONE ? undefined : retryDelayMs(attempts)
  return delay === undefined ? { ...seen, state: 'failed', nextAttemptAt: null } : { ...seen, state: 'pending', nextAttemptAt: at + delay }
}

function healthAfter(result: PostResult, failingSince: number | null, at: number): EndpointHealth {
  if (hasArrived(result)) return { failingSince: null, disabledBecause: null }
  const since = failingSince ?? at
  if (result.status === GONE) return { failingSince: since, disabledBecause: 'gone' }
  return { failingSince: since, disabledBecause: at - since >= GIVE_UP_MS ? 'failing' : null }
}
