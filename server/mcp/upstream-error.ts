// What can go wrong between us and an upstream, named so that a person knows whose side it is on and
// which hop failed. The upstream's own words never become part of a message.
import { AppError } from '../lib/app-error.ts'
import { readBearerChallenge } from '../oauth/discovery/challenge.ts'
import { splitScope } from '../oauth/grant/scopes.ts'

export const invalidResponse = (what: string, cause?: unknown) =>
  new AppError({ code: 'upstream.invalid_response', kind: 'upstream', message: `The MCP server answered with ${what}.`, cause })

export const streamCut = () =>
  new AppError({
    code: 'upstream.stream_cut',
    kind: 'upstream',
    message: 'The MCP server closed the stream before it answered. The call may or may not have taken effect; it was not repeated.',
  })

export const sessionLost = () =>
  new AppError({ code: 'upstream.session_lost', kind: 'upstream', message: 'The MCP server keeps losing the session that it just opened.' })

/** Somebody deleted or changed the connection while its session was being opened. */
export const openedInVain = () =>
  new AppError({ code: 'upstream.opened_in_vain', kind: 'conflict', message: 'The connection was deleted or changed while it was being opened. Nothing was sent; try again.' })

export const unexpectedStatus = (status: number) =>
  new AppError({ code: 'upstream.http_status', kind: 'upstream', message: `The MCP server answered HTTP ${status}.`, details: { upstreamStatus: status } })

/** `wantedScope`: what a token would need, if the server said that this is all that is wrong. */
export const credentialRefused = (status: number, wantedScope?: string) =>
  new AppError({
    code: 'upstream.credential_refused',
    kind: 'upstream',
    message: `The MCP server refused the connection's credential (HTTP ${status}). Update the connection's headers or query.`,
    details: { upstreamStatus: status, ...(wantedScope !== undefined && { wantedScope }) },
  })

/** Nothing is wrong with the grant; it is not enough for this (RFC 6750 §3.1 insufficient_scope). */
export const scopeInsufficient = (wantedScope: string) =>
  new AppError({
    code: 'upstream.scope_insufficient',
    kind: 'auth_required',
    message: 'The MCP server wants more rights for this than were granted. Open the setup link in the connection’s status and agree to them.',
    details: { wantedScope },
  })

export const authorizationRequired = () =>
  new AppError({
    code: 'upstream.authorization_required',
    kind: 'auth_required',
    message: 'Authorization required: somebody has to open the setup link in the connection’s status and sign in at the MCP server.',
  })

export const upstreamRateLimited = (retryAfterSeconds: number | undefined) =>
  new AppError({
    code: 'upstream.rate_limited',
    kind: 'rate_limited',
    message: 'The MCP server is limiting requests. Try again later.',
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  })

/** Such a call does not wait: a line would only hide that the server does not keep up, and hold memory meanwhile. */
export const tooManyCalls = () =>
  new AppError({
    code: 'limits.too_many_calls',
    kind: 'rate_limited',
    message: 'Too many calls of this connection are on their way already. Try again when one of them was answered.',
    retryAfterSeconds: 1,
  })

export const noCommonRevision = () =>
  new AppError({ code: 'upstream.no_common_revision', kind: 'upstream', message: 'The MCP server speaks no protocol revision that Plugboard knows.' })

export const notAnMcpServer = (status: number) =>
  new AppError({
    code: 'upstream.not_mcp',
    kind: 'upstream',
    message: `There is no MCP server at this URL: it answered HTTP ${status} to initialize. Check the path (often /mcp or /sse).`,
    details: { upstreamStatus: status },
  })

/** A server that must ask its client something in mid-call, for a caller who cannot be asked. */
export const needsClient = (revision: string) =>
  new AppError({
    code: 'upstream.needs_client',
    kind: 'upstream',
    message: `The MCP server (revision ${revision}) wants input from the client during this call. Connect with an MCP client of that revision through the connection's own endpoint.`,
    details: { revision },
  })

const MAX_COMPLAINT = 200

/** Servers say so with 404, or with 400 and a sentence (Streamable HTTP, session management §3). */
export function isSessionComplaint(status: number, body: Buffer): boolean {
  if (status === 404) return true
  if (status !== 400) return false
  // The sentence alone is looked at: a page that quotes our own Mcp-Session-Id header says nothing about it.
  const sentence = sentenceOf(body)
  return sentence.length <= MAX_COMPLAINT && /session|not initialized/i.test(sentence)
}

/** JSON-RPC's error.message, the word of other JSON errors, or the text itself. */
function sentenceOf(body: Buffer): string {
  const text = body.toString('utf8')
  try {
    const { error, message } = (JSON.parse(text) ?? {}) as { error?: unknown; message?: unknown }
    const said = typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : (error ?? message)
    return typeof said === 'string' ? said : ''
  } catch {
    return text
  }
}

/** Turns an HTTP failure of the upstream into ours. `headers` are the upstream's. */
export function failedReply(status: number, headers: Readonly<Record<string, string | string[] | undefined>>): AppError {
  if (status === 401) {
    const challenge = String(headers['www-authenticate'] ?? '')
    return /resource_metadata|^\s*bearer/i.test(challenge) ? authorizationRequired() : credentialRefused(status)
  }
  if (status === 403) return credentialRefused(status, wantedScopeOf(headers['www-authenticate']))
  if (status === 429) {
    const seconds = Number(headers['retry-after'])
    return upstreamRateLimited(Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3600) : undefined)
  }
  return unexpectedStatus(status)
}

const MAX_SCOPE = 1000

/** MCP 2025-11-25 authorization, Scope Challenge Handling. Without a scope nobody knows what to ask for. */
function wantedScopeOf(header: string | string[] | undefined): string | undefined {
  const challenge = readBearerChallenge(Array.isArray(header) ? header.join(', ') : header)
  const scope = challenge?.error === 'insufficient_scope' ? splitScope(challenge.scope ?? '').join(' ') : ''
  return scope === '' || scope.length > MAX_SCOPE ? undefined : scope
}
