// RFC 6749 §5: a token, or why there is none. Read by hand and leniently where nothing depends on it: an odd
// `expires_in` must not cost a grant that the server has already rotated.
import { readJsonBody } from '../json-body.ts'
import { clientInvalid, grantInvalid, tokenRefused, tokenUnavailable, wordsOf } from '../oauth-errors.ts'

export interface TokenSet {
  accessToken: string
  /** Undefined if the answer had none: the one that was used stays good (RFC 6749 §6). */
  refreshToken: string | undefined
  /** Undefined if the server did not say, or said nothing sensible: used until it is refused. */
  expiresInSeconds: number | undefined
  /** Undefined: exactly what was asked for (RFC 6749 §5.1). */
  scope: string | undefined
}

/** RFC 6749 §5.2, and what GitHub and Slack say instead. */
const GRANT_ENDED = new Set(['invalid_grant', 'bad_refresh_token', 'invalid_refresh_token'])
const YEAR_SECONDS = 365 * 24 * 3600
const MAX_RETRY_SECONDS = 3600

/** @throws oauth.grant_invalid, oauth.client_invalid, oauth.token_refused; oauth.token_unavailable for what may pass */
export const readTokenResponse = async (response: Response): Promise<TokenSet> => readTokens(await readTokenAnswer(response))

/** What was granted, as it was said. @throws like `readTokenResponse` */
export async function readTokenAnswer(response: Response): Promise<Record<string, unknown>> {
  const body = await readJsonBody(response)
  const words = wordsOf(body)
  // Some refuse with 200; then nothing but the error is there.
  if (response.status === 200 && (words.error === undefined || body?.access_token !== undefined)) return body ?? {}
  // 429 and 5xx, a proxy's error page, and what RFC 6749 §4.1.2.1 calls temporarily_unavailable: an outage, not an answer.
  const isRefusal = response.status === 200 || (response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429)
  if (isRefusal && GRANT_ENDED.has(words.error ?? '')) throw grantInvalid(words)
  if (isRefusal && (words.error === 'invalid_client' || words.error === 'unauthorized_client')) throw clientInvalid(words)
  if (isRefusal && words.error !== undefined && words.error !== 'temporarily_unavailable' && words.error !== 'server_error') throw tokenRefused(words)
  throw tokenUnavailable(retryAfterSeconds(response.headers.get('retry-after')))
}

function readTokens(body: Record<string, unknown>): TokenSet {
  const accessToken = body.access_token
  // RFC 6750 §2.1 b64token: what is none cannot be sent, and a line break would be a header of its own.
  if (typeof accessToken !== 'string' || !/^[\x21-\x7e]+$/.test(accessToken)) throw tokenUnavailable(undefined)
  if (typeof body.token_type === 'string' && body.token_type.toLowerCase() !== 'bearer') throw tokenRefused({ error: 'unsupported_token_type', description: undefined })
  return {
    accessToken,
    refreshToken: typeof body.refresh_token === 'string' && body.refresh_token !== '' ? body.refresh_token : undefined,
    expiresInSeconds: readSeconds(body.expires_in, YEAR_SECONDS),
    scope: typeof body.scope === 'string' ? body.scope : undefined,
  }
}

/** Whole seconds; some send the number as text. None, negative, endless and absent all mean: unknown. */
function readSeconds(value: unknown, max: number): number | undefined {
  const seconds = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 1 ? Math.floor(Math.min(seconds, max)) : undefined
}

/** RFC 9110 §10.2.3; a date is left to our own backoff. */
const retryAfterSeconds = (header: string | null): number | undefined => readSeconds(header ?? undefined, MAX_RETRY_SECONDS)
