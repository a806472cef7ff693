// What callers may say about a webhook endpoint, for all doors. OpenAPI is generated from these.
import { z } from 'zod'
import { WEBHOOK_EVENTS } from '../../db/schema/webhook-endpoint.ts'
import { namespaceName } from '../namespaces/namespace-name.ts'

const MAX_URL = 2048

export const webhookId = z.string().regex(/^whe_[0-9A-Za-z]{22}$/, 'is not the id of a webhook endpoint')
export const deliveryId = z.string().regex(/^msg_[0-9a-f]{32}$/, 'is not the id of a delivery')

const isWebUrl = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.hash === ''
}

const webhookUrl = z
  .string()
  .max(MAX_URL)
  .refine(isWebUrl, 'must be an https URL without a user name, a password or a fragment')
  .describe('Where messages are posted to.')

const description = z.string().trim().max(200).describe('For people.')

export const webhookEvent = z.enum(WEBHOOK_EVENTS)

const events = z
  .array(webhookEvent)
  .min(1)
  .refine((value) => new Set(value).size === value.length, 'names an event twice')
  .describe('What it is told of.')

/** The members of an endpoint that its maker chooses. */
export const createWebhookInput = z.strictObject({
  namespace: namespaceName,
  url: webhookUrl,
  description: description.optional(),
  events: events.optional().describe('What it is told of; everything, if left out.'),
})
export type CreateWebhookInput = z.infer<typeof createWebhookInput>

/** What is left out stays as it is. */
export const updateWebhookInput = z.strictObject({
  url: webhookUrl.optional(),
  description: description.optional(),
  events: events.optional(),
  enabled: z.boolean().optional().describe('What happens while it is false, it never hears of.'),
})
export type UpdateWebhookInput = z.infer<typeof updateWebhookInput>

export const listDeliveriesInput = z.strictObject({
  limit: z.number().int().min(1).max(100).default(25),
  cursor: deliveryId.optional().describe('From the previous page.'),
})
export type ListDeliveriesInput = z.infer<typeof listDeliveriesInput>
