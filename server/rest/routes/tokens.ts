import { readBearer } from '../../identity/resolve-actor.ts'
import { explainAccess } from '../../tokens/explain-access.ts'
import { explainInput, explanation } from '../../tokens/explain-view.ts'
import { listTokens } from '../../tokens/list-tokens.ts'
import { mintToken } from '../../tokens/mint-token.ts'
import { narrowServiceToken } from '../../tokens/narrow-service-token.ts'
import { revokeToken } from '../../tokens/revoke-token.ts'
import { listTokensInput, mintTokenInput, revokeTokenInput } from '../../tokens/token-input.ts'
import { mintedTokenView, tokenPage } from '../../tokens/token-view.ts'
import { success } from '../components.ts'
import { defineRoute, ok } from '../route.ts'

export const tokenRoutes = [
  defineRoute({
    method: 'POST',
    path: '/tokens',
    operationId: 'mintToken',
    summary: 'A service token: for a part of what you may do, for a while',
    description:
      'Without a policy it is for connections. With a service token as bearer, the answer is that token, narrowed: it allows what both allow, and ends with the earlier of both.',
    access: { resource: 'tokens', operation: 'execute' },
    body: mintTokenInput,
    answers: { 200: mintedTokenView },
    async handle({ body, request }, context) {
      if (context.actor.kind !== 'service_token') return ok(await mintToken(context, body))
      const { policy, ttl } = body
      const token = readBearer(request.headers.get('authorization') ?? undefined) ?? ''
      return ok(await narrowServiceToken(context, { token, policy, ttl }))
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/tokens',
    operationId: 'listTokens',
    summary: 'The service tokens minted in your organization; never the tokens themselves',
    access: { resource: 'tokens', operation: 'read' },
    query: listTokensInput,
    answers: { 200: tokenPage },
    handle: async ({ query }, context) => ok(await listTokens(context, query)),
  }),
  defineRoute({
    method: 'GET',
    path: '/tokens/explain',
    operationId: 'explainToken',
    summary: 'What the credential that asks may do, in words',
    description: 'With `operation`, whether it may do that one thing, and why not. With `id`, the same of a token in your list.',
    access: { resource: 'tokens', operation: 'execute' },
    query: explainInput,
    answers: { 200: explanation },
    handle: async ({ query }, context) => ok(await explainAccess(context, query)),
  }),
  defineRoute({
    method: 'POST',
    path: '/tokens/revoke',
    operationId: 'revokeToken',
    summary: 'End a service token and all that were narrowed from it',
    description: 'Here at once, in other processes within five seconds. What it was narrowed from goes on.',
    access: { resource: 'tokens', operation: 'execute' },
    body: revokeTokenInput,
    answers: { 200: success },
    async handle({ body }, context) {
      await revokeToken(context, body)
      return ok({ success: true })
    },
  }),
]
