// RFC 7591 §3: ask the authorization server to know us.
import { allowInsecureRequests, customFetch, dynamicClientRegistrationRequest } from 'oauth4webapi'
import { type OAuthClient, type TokenAuthMethod, chooseAuthMethod } from '../client.ts'
import type { ServerMetadata } from '../discovery/server-metadata.ts'
import { readJsonBody } from '../json-body.ts'
import { registrationRefused, tokenUnavailable, wordsOf } from '../oauth-errors.ts'
import { fetchOver, type OAuthWire } from '../wire.ts'
import { clientMetadata, type ClientDescription } from './client-metadata.ts'

export interface DynamicRegistration {
  client: OAuthClient
  /** Milliseconds since the epoch; undefined if the secret does not expire, or there is none. */
  secretExpiresAtMs: number | undefined
}

/** What we ask for, if the server takes it: without a secret there is nothing to leak or to expire. PKCE protects the code. */
const PREFERRED: readonly TokenAuthMethod[] = ['none', 'client_secret_basic', 'client_secret_post']

/** @throws oauth.registration_refused; oauth.token_unavailable if it did not answer */
export async function registerDynamically(wire: OAuthWire, server: ServerMetadata, description: ClientDescription): Promise<DynamicRegistration> {
  const method = PREFERRED.find((each) => server.tokenAuthMethods.includes(each)) ?? 'client_secret_basic'
  const response = await dynamicClientRegistrationRequest(
    { issuer: server.issuer, registration_endpoint: server.registrationEndpoint! },
    { ...clientMetadata(description, method) },
    // Whether http is allowed was decided when the metadata was read.
    { [customFetch]: fetchOver(wire), [allowInsecureRequests]: true },
  ).catch((cause: unknown) => {
    throw tokenUnavailable(undefined, cause)
  })
  const body = await readJsonBody(response)
  if (response.status >= 500 || response.status === 429) throw tokenUnavailable(undefined)
  const clientId = body?.client_id
  // 201 by the RFC; some answer 200.
  if ((response.status !== 201 && response.status !== 200) || typeof clientId !== 'string' || clientId === '') throw registrationRefused(wordsOf(body))
  const clientSecret = typeof body?.client_secret === 'string' && body.client_secret !== '' ? body.client_secret : undefined
  return {
    client: { clientId, clientSecret, tokenAuthMethod: readMethod(body?.token_endpoint_auth_method, clientSecret, server) },
    secretExpiresAtMs: clientSecret === undefined ? undefined : readExpiry(body?.client_secret_expires_at),
  }
}

/** RFC 7591 §3.2.1: the server may have chosen another method than the one asked for. */
function readMethod(value: unknown, clientSecret: string | undefined, server: ServerMetadata): TokenAuthMethod {
  if (clientSecret === undefined) return 'none'
  return value === 'client_secret_basic' || value === 'client_secret_post' ? value : chooseAuthMethod(clientSecret, server.tokenAuthMethods)
}

/** ECMA-262 §21.4.1.1: the last moment that a date can name. What lies beyond it is never. */
const LAST_MOMENT_SECONDS = 8.64e12

/** RFC 7591 §3.2.1: seconds since the epoch, 0 for never. */
const readExpiry = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 && value <= LAST_MOMENT_SECONDS ? Math.floor(value * 1000) : undefined
