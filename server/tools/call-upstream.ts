// One JSON-RPC request on a connection's shared session, answered as a value: what REST and tRPC
// stand on. The gateway streams instead.
import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { AppError } from '../lib/app-error.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import { nestsDeeperThan } from '../lib/json-depth.ts'
import { parseMessage } from '../mcp/collect-reply.ts'
import { composeMessage } from '../mcp/compose-message.ts'
import { PooledExchange } from '../mcp/pooled-exchange.ts'
import type { PooledCall } from '../mcp/pooled-request.ts'
import { invalidResponse } from '../mcp/upstream-error.ts'
import { WholeAnswerSink } from '../mcp/whole-answer-sink.ts'
import { principalOf } from '../policy/actor.ts'

/** Far below where writing JSON runs out of stack. */
const MAX_DEPTH = 1000

export interface UpstreamCall {
  method: string
  params: Record<string, unknown>
  /** What usage is counted under. */
  label: string
  signal?: CallerSignal | undefined
}

/** The result member. @throws upstream.* , upstream.rpc_error when the server answers with a JSON-RPC error */
export async function callUpstream(context: Context, handle: ConnectionHandle, call: UpstreamCall): Promise<Record<string, unknown>> {
  const startedAtMs = performance.now()
  let failed = true
  try {
    const message = composeMessage(call.method, call.params)
    const answer = await exchange(context, handle, message, call.signal)
    const result = readResult(answer)
    failed = result.isError === true
    return result
  } finally {
    context.usage.recordCall({ connectionUid: handle.row.uid, tool: call.label, durationMs: performance.now() - startedAtMs, failed })
  }
}

function exchange(context: Context, handle: ConnectionHandle, message: PooledCall['message'], signal: CallerSignal | undefined): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    let over = () => {}
    const sink = new WholeAnswerSink({
      whole(_status, bytes) {
        over()
        const answer = readMessage(bytes)
        if (answer) resolve(answer)
        else reject(invalidResponse('something that is not a JSON-RPC message'))
      },
      fail(error) {
        over()
        reject(error)
      },
    })
    const call: PooledCall = { message, principal: principalOf(context.actor), callerIsStateless: false }
    const running = new PooledExchange({ egress: context.egress, pool: context.pool, target: handle.target, call, sink })
    if (signal) {
      const leave = () => {
        running.cancel()
        reject(callerLeft())
      }
      if (signal.aborted) return leave()
      signal.addEventListener('abort', leave, { once: true })
      over = () => signal.removeEventListener('abort', leave)
    }
    running.start()
  })
}

const callerLeft = () => new AppError({ code: 'call.cancelled', kind: 'invalid', message: 'The caller cancelled the call.' })

/** `undefined` for what is no message, or could not be written again for a caller. */
const readMessage = (bytes: Buffer): Record<string, unknown> | undefined => (nestsDeeperThan(MAX_DEPTH, bytes) ? undefined : parseMessage(bytes))

const INVALID_PARAMS = -32602
const METHOD_NOT_FOUND = -32601

function readResult(answer: Record<string, unknown>): Record<string, unknown> {
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
