// Answers that the gateway gives itself, as JSON-RPC.
import type { ServerResponse } from 'node:http'
import type { AppError } from '../lib/app-error.ts'
import { errorTable, jsonRpcError } from '../lib/error-table.ts'
import { JSON_HEADERS } from './answer-headers.ts'

/** `idToken` is JSON text: the request's own id, or `null` when it cannot be told. */
export const rpcErrorBody = (error: AppError, idToken: string | undefined, requestId: string): string =>
  `{"jsonrpc":"2.0","id":${idToken ?? 'null'},"error":${JSON.stringify(jsonRpcError(error, requestId))}}`

export function sendRpcError(response: ServerResponse, error: AppError, idToken: string | undefined, requestId: string, status?: number): void {
  const headers: Record<string, string> = { ...JSON_HEADERS, 'x-request-id': requestId }
  if (error.kind === 'unauthenticated' && !response.hasHeader('www-authenticate')) headers['www-authenticate'] = 'Bearer'
  if (error.kind === 'method_not_allowed') headers.allow = 'POST'
  if (error.retryAfterSeconds !== undefined) headers['retry-after'] = String(Math.ceil(error.retryAfterSeconds))
  sendBody(response, status ?? statusOf(error, response), headers, rpcErrorBody(error, idToken, requestId))
}

/** Below /mcp clients take 401 for word of our own token, and would sign in here for what a connection lacks: that is an answer there. */
const statusOf = ({ kind }: AppError, { req }: ServerResponse): number =>
  kind === 'auth_required' && req.url?.startsWith('/mcp/') ? 200 : errorTable[kind].status

export function sendRpcResult(response: ServerResponse, idToken: string, result: unknown): void {
  sendBody(response, 200, JSON_HEADERS, `{"jsonrpc":"2.0","id":${idToken},"result":${JSON.stringify(result)}}`)
}

function sendBody(response: ServerResponse, status: number, headers: Readonly<Record<string, string>>, body: string): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) })
  response.end(body)
}

/** Accepted, nothing to say (Streamable HTTP: notifications and responses). */
export function sendAccepted(response: ServerResponse): void {
  response.writeHead(202, { 'content-length': '0' })
  response.end()
}
