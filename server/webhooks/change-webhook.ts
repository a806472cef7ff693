// Changes of an endpoint. Its secrets are sealed for its address, so a new address means sealing them again: whoever reads
// and writes them swaps what they read, and starts over if somebody else was faster.
import { deleteWebhookEndpoint, updateWebhookEndpoint, type UpdateWebhookEndpointInput } from '../../db/queries/webhook-endpoints.ts'
import type { WebhookEndpointRow } from '../../db/schema/webhook-endpoint.ts'
import type { Context } from '../context/context.ts'
import { requireWebhook, type WebhookName } from './find-webhook.ts'
import { noteWebhook } from './note-webhook.ts'
import { readDestination } from './read-destination.ts'
import { newSigningSecret, openSecrets, OVERLAP_MS, rotateSecrets, sealSecrets } from './signing-secrets.ts'
import { webhookChangedMeanwhile, webhookNotFound } from './webhook-errors.ts'
import type { UpdateWebhookInput } from './webhook-input.ts'
import { viewOfWebhook } from './view-of.ts'
import type { RotatedSecretView, WebhookView } from './webhook-view.ts'

const MAX_ATTEMPTS = 3

type Changes = UpdateWebhookEndpointInput['changes']

async function swap(context: Context, name: WebhookName, change: (row: WebhookEndpointRow) => Promise<Changes>): Promise<WebhookEndpointRow> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const row = await requireWebhook(context, name, 'write')
    await context.vault.prepareOrganization(row.organizationId)
    const changes = await change(row)
    const at = context.now()
    const written = await updateWebhookEndpoint(context.db, { id: row.id, secretGeneration: row.secretGeneration, changes, at })
    if (written) return { ...row, ...changes, updatedAt: at }
  }
  throw webhookChangedMeanwhile()
}

/** @throws webhook.not_found, webhook.changed, input.invalid */
export async function updateWebhook(context: Context, { webhookId, url, description, events, enabled }: WebhookName & UpdateWebhookInput): Promise<WebhookView> {
  const row = await swap(context, { webhookId }, async (stored) => ({
    ...(description !== undefined && { description }),
    ...(events !== undefined && { events }),
    // Switched on, it starts with a clean slate.
    ...(enabled === true && stored.disabledBecause !== null && { disabledBecause: null, failingSince: null }),
    ...(enabled === false && stored.disabledBecause === null && { disabledBecause: 'asked' as const }),
    ...(url !== undefined && (await moveTo(context, stored, readDestination(url, context.egress)))),
  }))
  const fields = Object.entries({ url, description, events, enabled }).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  await noteWebhook(context, row, 'webhook.update', { fields })
  return viewOfWebhook(row)
}

async function moveTo(context: Context, stored: WebhookEndpointRow, url: string): Promise<Changes> {
  if (url === stored.url) return {}
  const secrets = await openSecrets(context, stored)
  return { url, secretSealed: sealSecrets(context.vault, { ...stored, url }, stored.secretGeneration + 1, secrets) }
}

/** This answer is the only one that shows the new secret. @throws webhook.not_found, webhook.changed */
export async function rotateWebhookSecret(context: Context, name: WebhookName): Promise<RotatedSecretView> {
  const secret = newSigningSecret()
  const nowMs = context.now()
  const row = await swap(context, name, async (stored) => {
    const secrets = rotateSecrets(await openSecrets(context, stored), secret, nowMs)
    return { secretSealed: sealSecrets(context.vault, stored, stored.secretGeneration + 1, secrets) }
  })
  await noteWebhook(context, row, 'webhook.rotate')
  return { secret, previousUntil: new Date(nowMs + OVERLAP_MS).toISOString() }
}

/** With its deliveries, those that wait included. @throws webhook.not_found */
export async function deleteWebhook(context: Context, name: WebhookName): Promise<void> {
  const row = await requireWebhook(context, name, 'write')
  if (!(await deleteWebhookEndpoint(context.db, row))) throw webhookNotFound()
  await noteWebhook(context, row, 'webhook.delete')
}
