// What a JSON-RPC answer of an upstream comes to: a result to hand on, or an error of ours that tells which.
import { AppError } from '../lib/app-error.ts'
import { nestsDeeperThan } from '../lib/json-depth.ts'
import { parseMessage } from '../mcp/collect-reply.ts'
import { invalidResponse } from '../mcp/upstream-error.ts'

/** Far below where writing JSON runs out of stack. */
const MAX_DEPTH = 1000

/** @throws upstream.invalid_response for what is no message, or could not be written again for a caller. */
export function readMessage(bytes: Buffer): Record<string, unknown> {
  const message = nestsDeeperThan(MAX_DEPTH, bytes) ? undefined : parseMessage(bytes)
  if (!message) throw invalidResponse('something that is not a JSON-RPC message')
  return message
}

const INVALID_PARAMS = -32602
const METHOD_NOT_FOUND = -32601

/** The result member. @throws upstream.rpc_error and its kin when the server answered with a JSON-RPC error */
export function readResult(answer: Record<string, unknown>): Record<string, unknown> {
  const { result, error } = answer
  if (typeof result === 'object' && result !== null) return result as Record<string, unknown>
  if (typeof error === 'object' && error !== null) throw rpcError(error as { code?: unknown; message?: unknown })
  throw invalidResponse('neither a result nor an error')
}

/** The server's words travel in `details`, marked as its own; they are text to show, never part of our sentence. */
function rpcError(error: { code?: unknown; message?: unknown }): AppError {
  const code = typeof error.code === 'number' ? error.code : 0
  const upstream = { code, message: typeof error.message === 'string' ? error.message.slice(0, 500) : '' }
  if (code === INVALID_PARAMS) {
    return new AppError({ code: 'upstream.invalid_params', kind: 'invalid', message: 'The MCP server does not know the tool or refuses its arguments.', details: { upstream } })
  }
  if (code === METHOD_NOT_FOUND) {
    return new AppError({ code: 'upstream.method_not_found', kind: 'not_found', message: 'The MCP server does not offer this method.', details: { upstream } })
  }
  return new AppError({ code: 'upstream.rpc_error', kind: 'upstream', message: 'The MCP server answered with an error.', details: { upstream } })
}
