// Everything that can go wrong between us and an authorization server, each with its section. What the
// server itself said travels in `details.upstream`: a stranger's text, to be shown as text.
import { AppError } from '../lib/app-error.ts'

const MAX_TEXT = 500

/** RFC 6749 §5.2: error is %x20-21 / %x23-5B / %x5D-7E. Anything else is no code. */
const errorCode = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 100 && /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/.test(value) ? value : undefined

/** What an error answer says of itself, bounded. */
export interface UpstreamWords {
  error: string | undefined
  description: string | undefined
}

export const wordsOf = (body: unknown): UpstreamWords => {
  const { error, error_description: description } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  return { error: errorCode(error), description: typeof description === 'string' ? description.slice(0, MAX_TEXT) : undefined }
}

const upstreamError = (code: string, message: string, upstream?: UpstreamWords, cause?: unknown) =>
  new AppError({ code, kind: 'upstream', message, ...(upstream && { details: { upstream } }), ...(cause !== undefined && { cause }) })

/** RFC 9728 §3, RFC 8414 §3: no document could be read. */
export const metadataUnavailable = (what: 'protected resource' | 'authorization server', cause?: unknown) =>
  upstreamError('oauth.metadata_unavailable', `The server asks for OAuth, but the ${what} metadata could not be read.`, undefined, cause)

/** RFC 9728 §3.3: a document that speaks of another resource must not be used. */
export const resourceMismatch = () =>
  upstreamError('oauth.resource_mismatch', 'The server’s OAuth metadata describes another address than the one of this connection.')

/** RFC 9728 §2: at least one is needed to go on. */
export const noAuthorizationServer = () =>
  upstreamError('oauth.no_authorization_server', 'The server asks for OAuth and names no authorization server.')

/** RFC 8414 §3.3: the document's issuer must be the one that its address was built from. */
export const issuerMismatch = () =>
  upstreamError('oauth.issuer_mismatch', 'The authorization server’s metadata names another issuer than the one that was asked: it cannot be trusted.')

/** An endpoint that is no plain https address, or uses http where it may not. */
export const unsafeEndpoint = (endpoint: string) =>
  upstreamError('oauth.unsafe_endpoint', `The authorization server’s ${endpoint} is missing or is not an address that may be used.`)

/** MCP 2025-11-25 authorization: clients must refuse when S256 is not offered. */
export const pkceUnsupported = () =>
  upstreamError('oauth.pkce_unsupported', 'The authorization server does not offer PKCE with S256, so signing in there would not be safe.')

/** RFC 7591 §3.2.2 */
export const registrationRefused = (words: UpstreamWords) =>
  upstreamError('oauth.registration_refused', 'The authorization server refused to register Plugboard. Give it a client id of your own.', words)

/** RFC 9207 §2.4, RFC 6749 §4.1.2: the answer is not from whom was asked, or is no answer. */
export const invalidAuthorizationResponse = (cause?: unknown) =>
  upstreamError('oauth.response_invalid', 'What came back is not the answer to this request. Start again.', undefined, cause)

/** RFC 6749 §4.1.2.1 */
export const authorizationRefused = (words: UpstreamWords) => {
  const message = words.error === 'access_denied' ? 'Access was not granted.' : 'The authorization server did not grant access.'
  return upstreamError('oauth.authorization_refused', message, words)
}

/** RFC 6749 §5.2 invalid_grant: the code or the refresh token is no longer good. */
export const grantInvalid = (words: UpstreamWords) =>
  upstreamError('oauth.grant_invalid', 'The authorization server no longer accepts this grant.', words)

/** RFC 6749 §5.2 invalid_client: our registration there is gone, or its secret is wrong. */
export const clientInvalid = (words: UpstreamWords) =>
  upstreamError('oauth.client_invalid', 'The authorization server does not accept Plugboard’s client there.', words)

/** Any other refusal that trying again does not mend. */
export const tokenRefused = (words: UpstreamWords) =>
  upstreamError('oauth.token_refused', 'The authorization server refused to issue a token.', words)

/** An outage is not a refusal: the grant stays. */
export const tokenUnavailable = (retryAfterSeconds: number | undefined, cause?: unknown) =>
  new AppError({
    code: 'oauth.token_unavailable',
    kind: 'upstream',
    message: 'The authorization server did not answer properly. The grant is kept, and asked for again later.',
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(cause !== undefined && { cause }),
  })
