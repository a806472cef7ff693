// A message that tells of nothing, to see whether it arrives: sent at once and once, also where nothing else is sent.
import { randomBytes } from 'node:crypto'
import { insertWebhookDelivery } from '../../db/queries/webhook-deliveries.ts'
import type { Context } from '../context/context.ts'
import { isAppError } from '../lib/app-error.ts'
import { noteWebhook } from './note-webhook.ts'
import { requireWebhook, type WebhookName } from './find-webhook.ts'
import { hasArrived, sendMessage } from './send-message.ts'
import { webhookNotFound } from './webhook-errors.ts'
import { viewOfDelivery } from './view-of.ts'
import type { DeliveryView } from './webhook-view.ts'

/** How it went. @throws webhook.not_found */
export async function sendTest(context: Context, name: WebhookName): Promise<DeliveryView> {
  const endpoint = await requireWebhook(context, name, 'execute')
  const at = context.now()
  const type = 'webhook.test'
  const message = {
    id: `msg_${randomBytes(16).toString('hex')}`,
    payload: JSON.stringify({ type, timestamp: new Date(at).toISOString(), data: { namespace: endpoint.namespace } }),
  }
  const result = await sendMessage(context, endpoint, message)
  const row = {
    ...message,
    endpointId: endpoint.id,
    type,
    state: hasArrived(result) ? 'delivered' : 'failed',
    attempts: 1,
    nextAttemptAt: null,
    lastAttemptAt: at,
    lastStatus: result.status,
    lastError: result.error,
    durationMs: result.durationMs,
    createdAt: at,
  } as const
  try {
    await insertWebhookDelivery(context.db, row)
  } catch (error) {
    throw isAppError(error) && error.code === 'database.parent_deleted' ? webhookNotFound() : error
  }
  await noteWebhook(context, endpoint, 'webhook.test', { outcome: row.state })
  return viewOfDelivery(row)
}
