// A request that names something of one connection, on its way there: from here on a pooled call of that connection.
import { requireCall } from '../connections/require-call.ts'
import { methodNotOffered, unknownName } from '../aggregate/aggregate-errors.ts'
import { routeMessage, type RoutedMessage, unwrapCall } from '../aggregate/route-message.ts'
import type { ConnectionHandle } from '../context/caches.ts'
import { noteDenial } from '../context/note-denial.ts'
import { isAppError } from '../lib/app-error.ts'
import type { PooledCall } from '../mcp/pooled-request.ts'
import { callerLeft } from '../tools/ask-upstream.ts'
import type { AggregateCall } from './aggregate-call.ts'
import { GatewayCall, type CallKeeper } from './call.ts'
import { LinkSink } from './link-sink.ts'
import { relay } from './pooled.ts'
import { sendRpcError } from './rpc-answer.ts'

interface RelayInput {
  stateless: boolean
  keeper: CallKeeper
}

/** @throws aggregate.*, policy.*, connection.auth_required, MessageRefused: nothing was sent */
export async function relayToConnection(call: AggregateCall, message: PooledCall['message'], { stateless, keeper }: RelayInput): Promise<void> {
  const { context, request, response, toolsMode, signal } = call
  const isWrapped = toolsMode === 'search' && message.method === 'tools/call' && message.params?.name === 'call_tool'
  const routed = routeMessage(isWrapped ? unwrapCall(message) : message)
  if (!routed) throw methodNotOffered()
  const handle = await findHandle(call, routed)
  signal.throwIfAborted()
  const running = relay(new GatewayCall(context, handle, request, response, keeper), routed.message, stateless, {
    errorStatus: 200,
    through: (sink) => new LinkSink(sink, routed.connectionId),
  })
  if (running) signal.addEventListener('abort', leave, { once: true })

  function leave(): void {
    if (response.writableEnded || response.destroyed) return
    running?.cancel()
    if (response.headersSent) response.end()
    else sendRpcError(response, callerLeft(), message.idToken, context.requestId, 200)
  }
}

/** Judged by what will be sent. What is not there, or not for this caller, has no name here. */
async function findHandle({ context, namespace }: AggregateCall, { connectionId, message: { method, params } }: RoutedMessage): Promise<ConnectionHandle> {
  try {
    return await requireCall(context, { namespace, connectionId }, { method, params })
  } catch (error) {
    noteDenial(context, error, 'MCP')
    if (isAppError(error) && error.code === 'connection.not_found') throw unknownName(nounOf(method))
    throw error
  }
}

function nounOf(method: string): 'tool' | 'prompt' | 'resource' {
  if (method === 'tools/call') return 'tool'
  return method === 'resources/read' ? 'resource' : 'prompt'
}
