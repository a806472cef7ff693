import { AppError } from '../lib/app-error.ts'
import { findMethod } from '../policy/mcp-methods.ts'

/** JSON-RPC 2.0 §5.1: -32700 for what is not JSON, -32600 for what is not a request. */
export const messageRefused = (sentence: string, cause?: unknown) =>
  new AppError({
    code: 'mcp.invalid_message',
    kind: 'invalid',
    message: sentence,
    cause,
    ...(/not valid JSON|UTF-8|byte order/.test(sentence) && { details: { jsonRpcCode: -32700 } }),
  })

export const bodyTooLarge = (maxBytes: number) =>
  new AppError({ code: 'http.body_too_large', kind: 'too_large', message: `The body is larger than ${maxBytes} bytes.` })

export const wrongContentType = () =>
  new AppError({ code: 'http.content_type', kind: 'unsupported_media_type', message: 'Send the message as application/json.' })

/** Streamable HTTP, session management §3: 404 tells a client to start over with initialize. */
export const sessionNotFound = () =>
  new AppError({ code: 'mcp.session_not_found', kind: 'not_found', message: 'Session not found. Start again with initialize.', details: { jsonRpcCode: -32001 } })

export const methodNeedsSession = (method: string) =>
  new AppError({
    code: 'mcp.needs_session',
    kind: 'method_not_allowed',
    message: 'This method needs an upstream session of your own. Send initialize first and keep the Mcp-Session-Id of its answer.',
    // A method that nobody knows may be anything that somebody pasted.
    details: { ...(findMethod(method) && { method }), jsonRpcCode: -32601 },
  })

/** What older clients do with a session has no counterpart at a server without sessions. */
export const methodNeedsRevision = (method: string, revision: string) =>
  new AppError({
    code: 'mcp.needs_revision',
    kind: 'method_not_allowed',
    message: `The MCP server speaks revision ${revision}, which has no sessions. For what this method does, connect with a client of that revision.`,
    details: { ...(findMethod(method) && { method }), revision, jsonRpcCode: -32601 },
  })

export const unexpectedResponse = () =>
  new AppError({ code: 'mcp.unexpected_response', kind: 'invalid', message: 'Nobody is waiting for a response outside a session.' })

/** MCP 2026-07-28: HeaderMismatch. */
export const headerMismatch = (header: string) =>
  new AppError({ code: 'mcp.header_mismatch', kind: 'invalid', message: `The ${header} header does not say what the body says.`, details: { jsonRpcCode: -32020, header } })

/** MCP 2026-07-28: UnsupportedProtocolVersion. */
export const unsupportedRevision = (requested: string, supported: readonly string[]) =>
  new AppError({
    code: 'mcp.unsupported_revision',
    kind: 'invalid',
    message: 'This protocol revision is not supported here.',
    details: { jsonRpcCode: -32022, requested: requested.slice(0, 40), supported },
  })

export const verbNotAllowed = () =>
  new AppError({ code: 'mcp.verb_not_allowed', kind: 'method_not_allowed', message: 'Without a session of your own this endpoint takes POST only.', details: { jsonRpcCode: -32000 } })

/** MCP 2026-07-28 subscriptions/listen: `notifications` says what to tell. */
export const subscriptionInvalid = () =>
  new AppError({ code: 'mcp.subscription_invalid', kind: 'invalid', message: 'params.notifications: must be an object that says what to listen for', details: { jsonRpcCode: -32602 } })
