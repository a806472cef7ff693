// What a client asks for when it sends a browser here (RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 8707 §2).
import type { DownstreamClientRow } from '../../db/schema/downstream-client.ts'
import type { House } from '../context/context.ts'
import { type AppError, isAppError } from '../lib/app-error.ts'
import { foreignRedirect, unknownClient } from './downstream-errors.ts'
import { findClient } from './find-client.ts'
import { addToRedirect, isRegisteredRedirect } from './redirect-uri.ts'
import { issuerOf, namespaceOfResource, resourceOf } from './server-metadata.ts'

export interface AuthorizationRequest {
  client: DownstreamClientRow
  redirectUri: string
  state: string | undefined
  codeChallenge: string
  namespace: string
  /** The audience of its tokens. */
  resource: string
}

/**
 * `unread`: who asks is described elsewhere, and that is looked up for members alone.
 * `refused`: who asks or where the answer goes is in doubt, so nobody is sent there (RFC 6749 §4.1.2.1).
 * `returned`: a mistake that the client hears of, once somebody has signed in: an address of ours is no way to anywhere for strangers
 * (RFC 9700 §4.11.2).
 */
export type AuthorizationReading =
  | { kind: 'unread' }
  | { kind: 'refused'; error: AppError }
  | { kind: 'returned'; location: string }
  | { kind: 'asked'; request: AuthorizationRequest }

/** BASE64URL(SHA256(…)), RFC 7636 §4.2. */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/
/** RFC 6749 appendix A.5, and no longer than an address can be. */
const STATE = /^[\x20-\x7e]{0,2000}$/

/** `address`: of a member who is signed in. */
export async function readAuthorizationRequest(house: House, parameters: URLSearchParams, address: string | undefined): Promise<AuthorizationReading> {
  const client = await whoAsks(house, onlyOne(parameters, 'client_id'), address)
  if (client === undefined) return { kind: 'unread' }
  if (isAppError(client)) return { kind: 'refused', error: client }
  const redirectUri = onlyOne(parameters, 'redirect_uri')
  if (redirectUri === undefined || !isRegisteredRedirect(client.redirectUris, redirectUri)) return { kind: 'refused', error: foreignRedirect() }

  const state = onlyOne(parameters, 'state')
  const back = (error: string, description: string): AuthorizationReading => ({
    kind: 'returned',
    location: addToRedirect(redirectUri, { error, error_description: description, state: STATE.test(state ?? '') ? state : undefined, iss: issuerOf(house) }),
  })
  if (hasRepeated(parameters)) return back('invalid_request', 'Each parameter may be sent once.')
  if (!STATE.test(state ?? '')) return back('invalid_request', 'The state is too long, or not printable.')
  if (parameters.get('response_type') !== 'code') return back('unsupported_response_type', 'The response type must be code.')
  const codeChallenge = parameters.get('code_challenge')
  if (codeChallenge === null || !CHALLENGE.test(codeChallenge) || parameters.get('code_challenge_method') !== 'S256') {
    return back('invalid_request', 'A code challenge by the method S256 is required (PKCE, RFC 7636).')
  }
  const namespace = namespaceOfResource(house, parameters.get('resource') ?? '')
  if (namespace === undefined) return back('invalid_target', `The resource must be ${resourceOf(house, '{namespace}')} (RFC 8707).`)
  return { kind: 'asked', request: { client, redirectUri, state, codeChallenge, namespace, resource: resourceOf(house, namespace) } }
}

async function whoAsks(house: House, clientId: string | undefined, address: string | undefined): Promise<DownstreamClientRow | AppError | undefined> {
  if (clientId === undefined) return unknownClient()
  try {
    return await findClient(house, clientId, address)
  } catch (error) {
    if (isAppError(error)) return error
    throw error
  }
}

function onlyOne(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = parameters.getAll(name)
  return more.length === 0 ? value : undefined
}

/** RFC 6749 §3.1. */
const hasRepeated = (parameters: URLSearchParams): boolean => new Set(parameters.keys()).size !== parameters.size
