import { insertWebhookEndpoint } from '../../db/queries/webhook-endpoints.ts'
import { WEBHOOK_EVENTS, type WebhookEndpointRow } from '../../db/schema/webhook-endpoint.ts'
import type { Context } from '../context/context.ts'
import { isAppError } from '../lib/app-error.ts'
import { newId } from '../lib/ids.ts'
import { namespaceNotFound, requireNamespace } from '../namespaces/namespaces.ts'
import { noteWebhook } from './note-webhook.ts'
import { readDestination } from './read-destination.ts'
import { newSigningSecret, sealSecrets } from './signing-secrets.ts'
import { tooManyWebhooks } from './webhook-errors.ts'
import type { CreateWebhookInput } from './webhook-input.ts'
import { viewOfWebhook } from './view-of.ts'
import type { CreatedWebhookView } from './webhook-view.ts'

const MAX_PER_NAMESPACE = 20

/** This answer is the only one that shows the secret. @throws namespace.not_found, webhook.too_many, input.invalid */
export async function createWebhook(context: Context, input: CreateWebhookInput): Promise<CreatedWebhookView> {
  const { name: namespace, organizationId } = await requireNamespace(context, { name: input.namespace, operation: 'write', resource: 'webhooks' })
  const url = readDestination(input.url, context.egress)
  await context.vault.prepareOrganization(organizationId)
  const secret = newSigningSecret()
  const id = newId('whe')
  const nowMs = context.now()
  const row: WebhookEndpointRow = {
    id,
    organizationId,
    namespace,
    url,
    description: input.description ?? '',
    events: input.events ?? [...WEBHOOK_EVENTS],
    secretSealed: sealSecrets(context.vault, { id, organizationId, url }, 1, [{ secret }]),
    secretGeneration: 1,
    disabledBecause: null,
    failingSince: null,
    lastAttemptAt: null,
    leaseOwner: null,
    leaseUntil: null,
    createdAt: nowMs,
    updatedAt: nowMs,
  }
  try {
    if (!(await insertWebhookEndpoint(context.db, { row, max: MAX_PER_NAMESPACE }))) throw tooManyWebhooks(MAX_PER_NAMESPACE)
  } catch (error) {
    throw isAppError(error) && error.code === 'database.parent_deleted' ? namespaceNotFound() : error
  }
  await noteWebhook(context, row, 'webhook.create')
  return { ...viewOfWebhook(row), secret }
}
