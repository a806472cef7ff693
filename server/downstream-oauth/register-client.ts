// An MCP client introduces itself (RFC 7591). Anybody may: it gets a name for itself and nothing else. It has no secret, since
// what is installed at everybody's has none (RFC 8252 §8.4); PKCE ties a code to whoever asked for it.
import { insertDownstreamClient } from '../../db/queries/downstream-clients.ts'
import type { House } from '../context/context.ts'
import { networkOf } from '../identity/attempts.ts'
import { newId } from '../lib/ids.ts'
import { SECOND_MS } from '../lib/units.ts'
import { clientMetadata, GRANT_TYPES, shownName, usesCodes } from './client-metadata.ts'
import { type OAuthAnswer, refusal } from './oauth-answer.ts'
import { isAcceptableRedirect } from './redirect-uri.ts'

const MAX_REDIRECTS = 10

const registration = clientMetadata.extend({ redirect_uris: clientMetadata.shape.redirect_uris.max(MAX_REDIRECTS) })

export async function registerClient({ db, attempts }: House, address: string, body: unknown): Promise<OAuthAnswer> {
  const wait = attempts.atRegistration.take(networkOf(address))
  if (wait !== undefined) {
    return { ...refusal('temporarily_unavailable', 'Too many registrations from this address. Try again later.', 429), retryAfterSeconds: wait }
  }
  const parsed = registration.safeParse(body)
  if (!parsed.success) return refusal('invalid_client_metadata', `Send JSON with redirect_uris, a list of one to ${MAX_REDIRECTS} addresses.`)
  const { redirect_uris: redirectUris, client_name } = parsed.data
  if (!redirectUris.every(isAcceptableRedirect)) {
    return refusal('invalid_redirect_uri', 'Each redirect URI must be https, or http to localhost, 127.0.0.1 or [::1]; without a fragment or a password.')
  }
  if (!usesCodes(parsed.data)) {
    return refusal('invalid_client_metadata', 'Clients sign in with the grant type authorization_code and the response type code.')
  }
  const createdAt = db.now()
  const client = { id: newId('app'), name: shownName(client_name), redirectUris, createdAt, usedAt: null, freshUntil: null }
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
