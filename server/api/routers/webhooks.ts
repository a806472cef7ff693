import { z } from 'zod'
import { namespaceName } from '../../namespaces/namespace-name.ts'
import { deleteWebhook, rotateWebhookSecret, updateWebhook } from '../../webhooks/change-webhook.ts'
import { createWebhook } from '../../webhooks/create-webhook.ts'
import { listDeliveries, replayDelivery } from '../../webhooks/deliveries.ts'
import { getWebhook, listWebhooks } from '../../webhooks/get-webhooks.ts'
import { sendTest } from '../../webhooks/send-test.ts'
import { createWebhookInput, deliveryId, listDeliveriesInput, updateWebhookInput, webhookId } from '../../webhooks/webhook-input.ts'
import { procedure, router } from '../procedures.ts'

const one = { webhookId }

export const webhooksRouter = router({
  list: procedure.input(z.strictObject({ namespace: namespaceName })).query(({ ctx, input }) => listWebhooks(ctx.context, input)),
  get: procedure.input(z.strictObject(one)).query(({ ctx, input }) => getWebhook(ctx.context, input)),
  /** This answer is the only one that shows the secret. */
  create: procedure.input(createWebhookInput).mutation(({ ctx, input }) => createWebhook(ctx.context, input)),
  /** What is left out stays as it is. */
  update: procedure.input(updateWebhookInput.extend(one)).mutation(({ ctx, input }) => updateWebhook(ctx.context, input)),
  /** With its deliveries. */
  delete: procedure.input(z.strictObject(one)).mutation(({ ctx, input }) => deleteWebhook(ctx.context, input)),
  /** For a day messages are signed with both secrets. */
  rotateSecret: procedure.input(z.strictObject(one)).mutation(({ ctx, input }) => rotateWebhookSecret(ctx.context, input)),
  /** A message that tells of nothing, sent now: the answer says whether it arrived. */
  test: procedure.input(z.strictObject(one)).mutation(({ ctx, input }) => sendTest(ctx.context, input)),
  /** Newest first. */
  deliveries: procedure.input(listDeliveriesInput.extend(one)).query(({ ctx, input }) => listDeliveries(ctx.context, input)),
  /** The same message once more, under the same id. */
  replay: procedure.input(z.strictObject({ ...one, deliveryId })).mutation(({ ctx, input }) => replayDelivery(ctx.context, input)),
})
