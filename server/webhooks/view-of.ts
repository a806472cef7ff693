import type { WebhookDeliveryRow } from '../../db/schema/webhook-delivery.ts'
import type { WebhookEndpointRow } from '../../db/schema/webhook-endpoint.ts'
import type { DeliveryView, WebhookView } from './webhook-view.ts'

export const viewOfWebhook = (row: WebhookEndpointRow): WebhookView => ({
  id: row.id,
  namespace: row.namespace,
  url: row.url,
  description: row.description,
  events: row.events,
  enabled: row.disabledBecause === null,
  disabledBecause: row.disabledBecause,
  failingSince: isoOrNull(row.failingSince),
  createdAt: new Date(row.createdAt).toISOString(),
  updatedAt: new Date(row.updatedAt).toISOString(),
})

export const viewOfDelivery = (row: Omit<WebhookDeliveryRow, 'sequence'>): DeliveryView => ({
  id: row.id,
  type: row.type,
  payload: JSON.parse(row.payload) as DeliveryView['payload'],
  state: row.state,
  attempts: row.attempts,
  lastAttemptAt: isoOrNull(row.lastAttemptAt),
  nextAttemptAt: isoOrNull(row.nextAttemptAt),
  lastStatus: row.lastStatus,
  lastError: row.lastError,
  durationMs: row.durationMs,
  createdAt: new Date(row.createdAt).toISOString(),
})

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
