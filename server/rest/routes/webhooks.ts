import { z } from 'zod'
import { namespaceName } from '../../namespaces/namespace-name.ts'
import { deleteWebhook, rotateWebhookSecret, updateWebhook } from '../../webhooks/change-webhook.ts'
import { createWebhook } from '../../webhooks/create-webhook.ts'
import { listDeliveries, replayDelivery } from '../../webhooks/deliveries.ts'
import { getWebhook, listWebhooks } from '../../webhooks/get-webhooks.ts'
import { sendTest } from '../../webhooks/send-test.ts'
import { createWebhookInput, deliveryId, listDeliveriesInput, updateWebhookInput, webhookId } from '../../webhooks/webhook-input.ts'
import { createdWebhookView, deliveryPage, deliveryView, rotatedSecretView, webhookView } from '../../webhooks/webhook-view.ts'
import { success } from '../components.ts'
import { created, defineRoute, ok } from '../route.ts'

const one = z.object({ webhookId })
const READ = { resource: 'webhooks', operation: 'read' } as const
const WRITE = { resource: 'webhooks', operation: 'write' } as const
const EXECUTE = { resource: 'webhooks', operation: 'execute' } as const

export const webhookRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/webhooks',
    operationId: 'listWebhooks',
    summary: 'The webhook endpoints of a namespace; never their secrets',
    access: READ,
    query: z.object({ namespace: namespaceName }),
    answers: { 200: z.object({ webhooks: z.array(webhookView) }) },
    handle: async ({ query }, context) => ok(await listWebhooks(context, query)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/webhooks',
    operationId: 'createWebhook',
    summary: 'Hear of a namespace’s connections: this answer is the only one that shows the secret',
    description: 'Messages are signed as Standard Webhooks says, and repeated for three days until they are answered with 2xx.',
    access: WRITE,
    body: createWebhookInput,
    answers: { 201: createdWebhookView },
    handle: async ({ body }, context) => created(await createWebhook(context, body)),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/webhooks/{webhookId}',
    operationId: 'getWebhook',
    summary: 'One webhook endpoint',
    access: READ,
    params: one,
    answers: { 200: webhookView },
    handle: async ({ params }, context) => ok(await getWebhook(context, params)),
  }),
  defineRoute({
    method: 'PUT',
    path: '/api/webhooks/{webhookId}',
    operationId: 'updateWebhook',
    summary: 'Change a webhook endpoint; what is left out stays',
    access: WRITE,
    params: one,
    body: updateWebhookInput,
    answers: { 200: webhookView },
    handle: async ({ params, body }, context) => ok(await updateWebhook(context, { ...body, ...params })),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/webhooks/{webhookId}',
    operationId: 'deleteWebhook',
    summary: 'Delete a webhook endpoint and what it has not heard yet',
    access: WRITE,
    params: one,
    answers: { 200: success },
    async handle({ params }, context) {
      await deleteWebhook(context, params)
      return ok({ success: true })
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/webhooks/{webhookId}/rotate-secret',
    operationId: 'rotateWebhookSecret',
    summary: 'Another secret; for a day messages are signed with both',
    access: WRITE,
    params: one,
    answers: { 200: rotatedSecretView },
    handle: async ({ params }, context) => ok(await rotateWebhookSecret(context, params)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/webhooks/{webhookId}/test',
    operationId: 'testWebhook',
    summary: 'Send a message that tells of nothing, now and once',
    access: EXECUTE,
    params: one,
    answers: { 200: deliveryView },
    handle: async ({ params }, context) => ok(await sendTest(context, params)),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/webhooks/{webhookId}/deliveries',
    operationId: 'listWebhookDeliveries',
    summary: 'What became of its messages, newest first; kept for 30 days',
    access: READ,
    params: one,
    query: listDeliveriesInput.extend({ limit: z.coerce.number('must be a number').pipe(listDeliveriesInput.shape.limit.unwrap()).default(25) }),
    answers: { 200: deliveryPage },
    handle: async ({ params, query }, context) => ok(await listDeliveries(context, { ...query, ...params })),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/webhooks/{webhookId}/deliveries/{deliveryId}/replay',
    operationId: 'replayWebhookDelivery',
    summary: 'Deliver a message once more, under the same id',
    access: EXECUTE,
    params: one.extend({ deliveryId }),
    answers: { 200: deliveryView },
    handle: async ({ params }, context) => ok(await replayDelivery(context, params)),
  }),
]
