import { z } from 'zod'
import { apiKeyView, createApiKey, createApiKeyInput, createdApiKeyView, listApiKeys, revokeApiKey } from '../../identity/api-keys.ts'
import { MAX_TOKEN_LENGTH } from '../../tokens/token-text.ts'
import { success } from '../components.ts'
import { reportLeakedKey } from '../report-leaked-key.ts'
import { created, definePublicRoute, defineRoute, ok } from '../route.ts'

export const keyRoutes = [
  definePublicRoute({
    method: 'POST',
    path: '/keys/report-leaked',
    operationId: 'reportLeakedKey',
    summary: 'Report a key or token found where it should not be: it is revoked',
    description: 'Whoever found it has proved enough by having it. The answer is the same whether the key exists or not.',
    body: z.strictObject({ key: z.string().min(1).max(MAX_TOKEN_LENGTH).describe('An API key or a service token.') }),
    answers: { 200: z.object({ received: z.literal(true) }) },
    async handle({ body }, house, requestId, readOrigin) {
      await reportLeakedKey(house, { key: body.key, requestId, readOrigin })
      return ok({ received: true })
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/keys',
    operationId: 'listApiKeys',
    summary: 'The API keys of your organization; never the keys themselves',
    access: { resource: 'keys', operation: 'read' },
    answers: { 200: z.object({ keys: z.array(apiKeyView) }) },
    handle: async (_input, context) => ok({ keys: await listApiKeys(context) }),
  }),
  defineRoute({
    method: 'POST',
    path: '/keys',
    operationId: 'createApiKey',
    summary: 'Create an API key: this answer is the only one that shows it',
    access: { resource: 'keys', operation: 'write' },
    body: createApiKeyInput,
    answers: { 201: createdApiKeyView },
    handle: async ({ body }, context) => created(await createApiKey(context, body)),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/keys/{id}',
    operationId: 'revokeApiKey',
    summary: 'Revoke an API key',
    access: { resource: 'keys', operation: 'write' },
    params: z.object({ id: z.string().min(1).max(100) }),
    answers: { 200: success },
    async handle({ params: { id } }, context) {
      await revokeApiKey(context, { id })
      return ok({ success: true })
    },
  }),
]
