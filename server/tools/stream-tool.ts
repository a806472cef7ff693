// A tool call that is watched: what was sent, every message that came back while it ran, and what it came to.
import { explainCallFailure } from '../connections/explain-call-failure.ts'
import { requireCall } from '../connections/require-call.ts'
import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { invalidInput } from '../lib/app-error.ts'
import { AsyncQueue } from '../lib/async-queue.ts'
import { MessageRefused, scanCallerMessage } from '../mcp/message-scan.ts'
import { createPooledCall } from '../mcp/renewing-exchange.ts'
import type { PooledCall } from '../mcp/pooled-request.ts'
import { principalOf } from '../policy/actor.ts'
import { callerLeft } from './ask-upstream.ts'
import type { CallToolInput } from './call-tool.ts'
import { MessageSink } from './message-sink.ts'
import { readResult } from './read-answer.ts'
import { recordToolCall } from './record-tool-call.ts'
import { startCallSpan } from './start-call-span.ts'
import type { JsonMessage, ReceivedMessage, ToolCallEvent } from './tool-call-event.ts'

/**
 * Sent once, when the events are first asked for; whoever stops asking takes the call back.
 * @throws connection.not_found at once; upstream.*, tools.stream_too_long, call.cancelled from the events
 */
export async function streamTool(context: Context, input: CallToolInput): Promise<AsyncGenerator<ToolCallEvent>> {
  const handle = await requireCall(context, input, { method: 'tools/call', params: { name: input.tool, arguments: input.arguments } })
  return watchCall(context, handle, composeWatchedCall(input), input)
}

async function* watchCall(
  context: Context,
  handle: ConnectionHandle,
  message: PooledCall['message'],
  { tool, signal }: CallToolInput,
): AsyncGenerator<ToolCallEvent> {
  const startedAtMs = performance.now()
  const elapsedMs = () => Math.round(performance.now() - startedAtMs)
  const queue = new AsyncQueue<ReceivedMessage>()
  const span = startCallSpan(context, handle, 'tools/call', { name: tool })
  const call: PooledCall = { message, principal: principalOf(context.actor), callerIsStateless: false, trace: span?.trace }
  const sink = new MessageSink(queue, elapsedMs)
  const running = createPooledCall({ egress: context.egress, pool: context.pool, target: handle.target, call, sink })
  const leave = () => queue.fail(callerLeft())
  signal?.addEventListener('abort', leave, { once: true })
  let ended: { failed: boolean; code?: string } = { failed: true, code: callerLeft().code }
  try {
    if (signal?.aborted) throw callerLeft()
    running.start()
    yield { type: 'sent', message: JSON.parse(message.bytes.toString('utf8')) as JsonMessage }
    let answer: ReceivedMessage = { atMs: 0, message: {} }
    for await (answer of queue.read()) yield { type: 'received', ...answer }
    const result = readResult(answer.message)
    ended = { failed: result.isError === true }
    yield { type: 'result', result, durationMs: answer.atMs }
  } catch (error) {
    const failure = explainCallFailure(context, handle.row, error)
    ended = { failed: true, code: failure.code }
    throw failure
  } finally {
    signal?.removeEventListener('abort', leave)
    running.cancel()
    recordToolCall(context, handle, { label: tool, span, startedAtMs, ...ended })
  }
}

/** With a token of ours, so that a server which tells its progress tells it to this call. */
function composeWatchedCall({ tool, arguments: given }: CallToolInput): PooledCall['message'] {
  const params = { name: tool, arguments: given, _meta: { progressToken: 1 } }
  try {
    return scanCallerMessage(Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }))) as PooledCall['message']
  } catch (error) {
    if (error instanceof MessageRefused) throw invalidInput('arguments', 'cannot be sent as they are: they nest deeper than 64 levels or hold what is no text')
    throw error
  }
}
