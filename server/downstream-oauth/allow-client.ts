// A member's yes: a code for the client, which it has a minute to use.
import { insertDownstreamGrant } from '../../db/queries/downstream-grants.ts'
import type { Context } from '../context/context.ts'
import { digestOfToken, newSecretToken } from '../identity/secret-token.ts'
import { newId } from '../lib/ids.ts'
import { requireMember } from '../policy/authorize.ts'
import { requireUsableNamespace } from './consent-visit.ts'
import { consentedPolicy, type Picked } from './consented-policy.ts'
import { CODE_MS } from './grant-lifetimes.ts'
import { clientOf, type CodeModel, issueCode } from './oauth-library.ts'
import type { AuthorizationRequest } from './read-authorization-request.ts'
import { addToRedirect } from './redirect-uri.ts'
import { issuerOf } from './server-metadata.ts'

/** Where the browser goes next. @throws namespace.not_found, policy.forbidden, input.invalid, downstream.* */
export async function allowClient(context: Context, request: AuthorizationRequest, picked: Picked): Promise<string> {
  const { id: memberId, organizationId } = requireMember(context.actor)
  const { client, redirectUri, state, codeChallenge, namespace, resource } = request
  await requireUsableNamespace(context, namespace)
  const policy = consentedPolicy(namespace, picked)
  const id = newId('dgr')
  const model: CodeModel = {
    getClient: async () => clientOf(client.id, client.redirectUris),
    // Judged when the request was read.
    validateRedirectUri: async () => true,
    generateAuthorizationCode: async () => newSecretToken(),
    async saveAuthorizationCode(code, of, user) {
      const createdAt = context.db.now()
      await insertDownstreamGrant(context.db, {
        id,
        organizationId,
        namespace,
        memberId,
        clientId: client.id,
        redirectUri,
        audience: resource,
        policy,
        codeHash: digestOfToken(code.authorizationCode),
        codeChallenge,
        familyHash: null,
        refreshHash: null,
        createdAt,
        redeemedAt: null,
        lastUsedAt: null,
        expiresAt: createdAt + CODE_MS,
      })
      return { ...code, client: of, user }
    },
  }
  const location = await issueCode(model, { id: memberId }, {
    response_type: 'code',
    client_id: client.id,
    redirect_uri: redirectUri,
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    ...(state !== undefined && { state }),
  })
  await context.audit.write(context, { action: 'app_access.allow', target: { kind: 'app_access', id }, namespace })
  return addToRedirect(location, { iss: issuerOf(context) })
}

/** A member's no (RFC 6749 §4.1.2.1). */
export const refuseClient = (context: Context, { redirectUri, state }: AuthorizationRequest): string =>
  addToRedirect(redirectUri, { error: 'access_denied', error_description: 'The person said no.', state, iss: issuerOf(context) })
