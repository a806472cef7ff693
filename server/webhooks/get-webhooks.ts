import { listWebhookEndpoints } from '../../db/queries/webhook-endpoints.ts'
import type { Context } from '../context/context.ts'
import { requireNamespace } from '../namespaces/namespaces.ts'
import { requireWebhook, type WebhookName } from './find-webhook.ts'
import { viewOfWebhook } from './view-of.ts'
import type { WebhookView } from './webhook-view.ts'

/** @throws namespace.not_found */
export async function listWebhooks(context: Context, input: { namespace: string }): Promise<{ webhooks: WebhookView[] }> {
  const { name: namespace } = await requireNamespace(context, { name: input.namespace, operation: 'read', resource: 'webhooks' })
  return { webhooks: (await listWebhookEndpoints(context.db, { namespace })).map(viewOfWebhook) }
}

/** @throws webhook.not_found */
export async function getWebhook(context: Context, input: WebhookName): Promise<WebhookView> {
  return viewOfWebhook(await requireWebhook(context, input, 'read'))
}
