// What became of an endpoint's messages, and one of them once more.
import { deleteDeliveriesBefore, findWebhookDelivery, listWebhookDeliveries, restartDelivery } from '../../db/queries/webhook-deliveries.ts'
import type { Context, House } from '../context/context.ts'
import { DAY_MS } from '../lib/units.ts'
import { requireWebhook, type WebhookName } from './find-webhook.ts'
import { noteWebhook } from './note-webhook.ts'
import { deliveryNotFound, webhookDisabled } from './webhook-errors.ts'
import type { ListDeliveriesInput } from './webhook-input.ts'
import { viewOfDelivery } from './view-of.ts'
import type { DeliveryPage, DeliveryView } from './webhook-view.ts'

const KEPT_MS = 30 * DAY_MS

/** Newest first. @throws webhook.not_found, webhook.delivery_not_found for a cursor that is gone */
export async function listDeliveries(context: Context, input: WebhookName & ListDeliveriesInput): Promise<DeliveryPage> {
  const { id: endpointId } = await requireWebhook(context, input, 'read')
  const last = input.cursor === undefined ? undefined : await findWebhookDelivery(context.db, { endpointId, id: input.cursor })
  if (input.cursor !== undefined && !last) throw deliveryNotFound()
  const rows = await listWebhookDeliveries(context.db, { endpointId, before: last?.sequence, limit: input.limit + 1 })
  const page = rows.slice(0, input.limit)
  return { deliveries: page.map(viewOfDelivery), nextCursor: rows.length > page.length ? page.at(-1)!.id : null }
}

/** The same message under the same id, with attempts as if it were new. @throws webhook.not_found, webhook.delivery_not_found, webhook.disabled */
export async function replayDelivery(context: Context, input: WebhookName & { deliveryId: string }): Promise<DeliveryView> {
  const endpoint = await requireWebhook(context, input, 'execute')
  if (endpoint.disabledBecause !== null) throw webhookDisabled()
  const name = { endpointId: endpoint.id, id: input.deliveryId }
  const restarted = await restartDelivery(context.db, { ...name, at: context.db.now() })
  const row = restarted ? await findWebhookDelivery(context.db, name) : undefined
  if (!row) throw deliveryNotFound()
  await noteWebhook(context, endpoint, 'webhook.replay')
  return viewOfDelivery(row)
}

/** Run now and then. */
export const pruneDeliveries = (house: House): Promise<void> => deleteDeliveriesBefore(house.db, house.now() - KEPT_MS)
