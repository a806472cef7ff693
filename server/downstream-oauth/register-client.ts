// An MCP client introduces itself (RFC 7591). Anybody may: it gets a name for itself and nothing else. It has no secret, since
// what is installed at everybody's has none (RFC 8252 §8.4); PKCE ties a code to whoever asked for it.
import { z } from 'zod'
import { insertDownstreamClient } from '../../db/queries/downstream-clients.ts'
import type { House } from '../context/context.ts'
import { networkOf } from '../identity/attempts.ts'
import { newId } from '../lib/ids.ts'
import { SECOND_MS } from '../lib/units.ts'
import { type OAuthAnswer, refusal } from './oauth-answer.ts'
import { isAcceptableRedirect } from './redirect-uri.ts'

const MAX_REDIRECTS = 10
const GRANT_TYPES = ['authorization_code', 'refresh_token']

/** What is not understood is ignored (RFC 7591 §2). */
const registration = z.object({
  redirect_uris: z.array(z.string()).min(1).max(MAX_REDIRECTS),
  client_name: z.string().optional(),
  grant_types: z.array(z.string()).optional(),
  response_types: z.array(z.string()).optional(),
})

/** Shown to people before they agree: one line, without what turns or hides text (Unicode categories C and Z). */
const shownName = (name: string | undefined): string =>
  (name ?? '').replace(/[\p{C}\p{Z}]+/gu, ' ').trim().slice(0, 60).replace(/\p{Surrogate}/gu, '').trim() || 'An app without a name'

export async function registerClient({ db, attempts }: House, address: string, body: unknown): Promise<OAuthAnswer> {
  const wait = attempts.atRegistration.take(networkOf(address))
  if (wait !== undefined) {
    return { ...refusal('temporarily_unavailable', 'Too many registrations from this address. Try again later.', 429), retryAfterSeconds: wait }
  }
  const parsed = registration.safeParse(body)
  if (!parsed.success) return refusal('invalid_client_metadata', `Send JSON with redirect_uris, a list of one to ${MAX_REDIRECTS} addresses.`)
  const { redirect_uris: redirectUris, client_name, grant_types, response_types } = parsed.data
  if (!redirectUris.every(isAcceptableRedirect)) {
    return refusal('invalid_redirect_uri', 'Each redirect URI must be https, or http to localhost, 127.0.0.1 or [::1]; without a fragment or a password.')
  }
  if ((grant_types && !grant_types.includes('authorization_code')) || (response_types && !response_types.includes('code'))) {
    return refusal('invalid_client_metadata', 'Clients sign in with the grant type authorization_code and the response type code.')
  }
  const createdAt = db.now()
  const client = { id: newId('app'), name: shownName(client_name), redirectUris, createdAt, usedAt: null }
  await insertDownstreamClient(db, client)
  return {
    status: 201,
    body: {
      client_id: client.id,
      client_id_issued_at: Math.floor(createdAt / SECOND_MS),
      client_name: client.name,
      redirect_uris: redirectUris,
      grant_types: GRANT_TYPES,
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
  }
}
