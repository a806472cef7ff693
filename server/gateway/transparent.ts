// Callers that `initialize`: one downstream session is one upstream session, so that sampling,
// elicitation, subscriptions, log levels and resumption work as if we were not there.
import { invalidResponse } from '../mcp/upstream-error.ts'
import type { ScannedMessage } from '../mcp/message-scan.ts'
import { labelOf, recordCall, type GatewayCall } from './call.ts'
import { failCall } from './fail-call.ts'
import { forward } from './forward.ts'
import { sendRpcResult } from './rpc-answer.ts'
import { MAX_UPSTREAM_ID, sealSessionId, type DownstreamSession } from './sealed-session-id.ts'
import { initializeResult } from './shared-identity.ts'
import type { SseSessions } from './sse-sessions.ts'

/** The caller's `initialize` goes to the upstream as it is; what comes back is a session of its own. */
export function openTransparentSession(call: GatewayCall, message: ScannedMessage, sseSessions: SseSessions): void {
  const { verdict } = call.handle.target
  if (verdict?.era === 'session' && verdict.transport === 'sse') {
    sseSessions.open(call, message)
    return
  }
  forward(call, {
    method: 'POST',
    body: message.bytes,
    message,
    upstreamSessionId: null,
    inSession: false,
    idToken: message.idToken,
    refuseHead: (headers) => (String(headers['mcp-session-id'] ?? '').length > MAX_UPSTREAM_ID ? invalidResponse('a session id that is too long') : undefined),
    extraHeaders: (headers) => ({ 'mcp-session-id': newSessionId(call, headers['mcp-session-id']) }),
    takeOver: (status) => {
      // Servers that know no sessions, or only the old transport, say so like this.
      if (status !== 400 && status !== 404 && status !== 405) return false
      void bridgeInitialize(call, message, sseSessions)
      return true
    },
    onOver: (failed, code) => recordCall(call, 'initialize', failed, code),
  })
}

function newSessionId(call: GatewayCall, upstreamSessionId: string | string[] | undefined): string {
  return sealSessionId(call.context.vault, {
    connectionUid: call.handle.row.uid,
    credentialGeneration: call.handle.row.credentialGeneration,
    principal: call.principal,
    upstreamSessionId: typeof upstreamSessionId === 'string' ? upstreamSessionId : null,
    stream: null,
    issuedAtMs: call.context.now(),
  })
}

/** The upstream refused `initialize`: it may be stateless, which we can stand in for, or speak HTTP+SSE. */
async function bridgeInitialize(call: GatewayCall, message: ScannedMessage, sseSessions: SseSessions): Promise<void> {
  const { context, response, handle, principal } = call
  try {
    const session = await context.pool.acquire(handle.target, principal)
    if (session.verdict.era === 'stateless') {
      sendRpcResult(response, message.idToken!, initializeResult(session.identity, message.params?.protocolVersion))
      recordCall(call, 'initialize', false)
    } else if (session.verdict.transport === 'sse') sseSessions.open(call, message)
    else throw invalidResponse('a refusal of the initialize request that this client sent')
  } catch (error) {
    failCall(call, message, error)
  }
}

/** Anything else that a session's owner sends. */
export function forwardInSession(call: GatewayCall, session: DownstreamSession, message: ScannedMessage): void {
  forward(call, {
    method: 'POST',
    body: message.bytes,
    message,
    upstreamSessionId: session.upstreamSessionId,
    inSession: true,
    // A response to the server's own request has an id, too, but nobody answers it.
    idToken: message.method === undefined ? undefined : message.idToken,
    onOver: (failed, code) => {
      if (message.method !== undefined && message.idToken !== undefined) recordCall(call, labelOf(message), failed, code)
    },
  })
}

export const streamSession = (call: GatewayCall, session: DownstreamSession): void =>
  forward(call, { method: 'GET', body: null, upstreamSessionId: session.upstreamSessionId, inSession: true, idToken: undefined, onOver: () => {} })

export const endSession = (call: GatewayCall, session: DownstreamSession): void =>
  forward(call, { method: 'DELETE', body: null, upstreamSessionId: session.upstreamSessionId, inSession: true, idToken: undefined, onOver: () => {} })

/** Both sides speak 2026-07-28: there is no session, and nothing to translate. */
export function passStateless(call: GatewayCall, message: ScannedMessage): void {
  forward(call, {
    method: 'POST',
    body: message.bytes,
    message,
    upstreamSessionId: null,
    inSession: false,
    idToken: message.idToken,
    onOver: (failed, code) => {
      if (message.idToken !== undefined) recordCall(call, labelOf(message), failed, code)
    },
  })
}
