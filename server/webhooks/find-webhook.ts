import { findWebhookEndpoint } from '../../db/queries/webhook-endpoints.ts'
import type { WebhookEndpointRow } from '../../db/schema/webhook-endpoint.ts'
import type { Context } from '../context/context.ts'
import { requirePermission } from '../policy/authorize.ts'
import type { Operation } from '../policy/permission.ts'
import { webhookNotFound } from './webhook-errors.ts'

export interface WebhookName {
  webhookId: string
}

/** The endpoint, if this actor may do that with it. @throws webhook.not_found, policy.forbidden */
export async function requireWebhook(context: Context, { webhookId }: WebhookName, operation: Operation): Promise<WebhookEndpointRow> {
  const row = await findWebhookEndpoint(context.db, webhookId)
  if (!row) throw webhookNotFound()
  requirePermission(context.actor, { operation, resource: 'webhooks', organizationId: row.organizationId }, webhookNotFound)
  return row
}
