// What endpoints and deliveries look like from outside. The secret has no place in it.
import { z } from 'zod'
import { webhookEvent } from './webhook-input.ts'

export const webhookView = z.object({
  id: z.string(),
  namespace: z.string(),
  url: z.string(),
  description: z.string(),
  events: z.array(webhookEvent),
  enabled: z.boolean(),
  disabledBecause: z.enum(['asked', 'failing', 'gone']).nullable().describe('"failing": nothing arrived for five days. "gone": it answered 410.'),
  failingSince: z.iso.datetime().nullable().describe('Since when nothing arrived; null if the last attempt did.'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type WebhookView = z.infer<typeof webhookView>

const secret = z.string().describe('For verifying signatures. Shown this once; keep it.')

export const createdWebhookView = webhookView.extend({ secret })
export type CreatedWebhookView = z.infer<typeof createdWebhookView>

export const rotatedSecretView = z.object({ secret, previousUntil: z.iso.datetime().describe('Until then messages are signed with the previous secret, too.') })
export type RotatedSecretView = z.infer<typeof rotatedSecretView>

export const deliveryView = z.object({
  id: z.string().describe('The webhook-id of the message, in every attempt.'),
  type: z.union([webhookEvent, z.literal('webhook.test')]),
  payload: z.record(z.string(), z.json()),
  state: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.int(),
  lastAttemptAt: z.iso.datetime().nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
  lastStatus: z.int().nullable().describe('HTTP status of the last answer; null if there was none.'),
  lastError: z.string().nullable().describe('The code of why there was no answer.'),
  durationMs: z.int().nullable(),
  createdAt: z.iso.datetime(),
})
export type DeliveryView = z.infer<typeof deliveryView>

export const deliveryPage = z.object({ deliveries: z.array(deliveryView), nextCursor: z.string().nullable() })
export type DeliveryPage = z.infer<typeof deliveryPage>
