// Callers without a session of their own: the dialect's `smithery-stateless`, plain POSTs, and clients
// of 2026-07-28 in front of an older upstream. They share the connection's upstream session.
import type { AppError } from '../lib/app-error.ts'
import type { AnswerSink } from '../mcp/answer-sink.ts'
import type { ScannedMessage } from '../mcp/message-scan.ts'
import { createPooledCall, type RunningCall } from '../mcp/renewing-exchange.ts'
import type { PooledCall } from '../mcp/pooled-request.ts'
import { WholeAnswerSink } from '../mcp/whole-answer-sink.ts'
import { STATELESS_REVISION } from '../mcp/protocol-revision.ts'
import { isSharedMethod } from '../policy/mcp-methods.ts'
import { labelOf, recordCall, type GatewayCall } from './call.ts'
import { envelopeProblem } from './envelope-problem.ts'
import { failCall } from './fail-call.ts'
import { methodNeedsRevision, methodNeedsSession, unexpectedResponse } from './gateway-errors.ts'
import { LimitedSink } from './limited-sink.ts'
import { ResponseSink } from './response-sink.ts'
import { sendAccepted, sendRpcError, sendRpcResult } from './rpc-answer.ts'
import { discoverResult, initializeResult } from './shared-identity.ts'

export function answerPooled(call: GatewayCall, message: ScannedMessage, callerIsStateless: boolean): void {
  const { response } = call
  if (message.method === undefined) return refuse(call, unexpectedResponse(), undefined)
  if (message.idToken === undefined) return takeNotification(call, message)
  const problem = callerIsStateless ? envelopeProblem(call.request.headers, message) : undefined
  if (problem) return refuse(call, problem, message.idToken)
  if (message.method === 'initialize' || message.method === 'server/discover') return void introduce(call, message)
  const bridged = !callerIsStateless && call.handle.target.verdict?.era === 'stateless'
  // 2026-07-28 has no ping; older clients ask whether their peer is there, and their peer is us.
  if (bridged && message.method === 'ping') return sendRpcResult(response, message.idToken, {})
  if (!isSharedMethod(message.method)) {
    const refusal = bridged ? methodNeedsRevision(message.method, STATELESS_REVISION) : methodNeedsSession(message.method)
    // Inside HTTP 200, older clients read it as an answer; 2026-07-28 wants 404 for methods that are not there.
    return refuse(call, refusal, message.idToken, callerIsStateless ? 404 : 200)
  }
  relay(call, message as PooledCall['message'], callerIsStateless)
}

function refuse({ context, response }: GatewayCall, error: AppError, idToken: string | undefined, status?: number): void {
  context.span?.tell({ errorType: error.code })
  sendRpcError(response, error, idToken, context.requestId, status)
}

export interface RelayOptions {
  /** Of failures, where their own would mean something else. */
  errorStatus?: number
  /** Something to do with the answer on its way. */
  through?(sink: AnswerSink): AnswerSink
}

/** `undefined`: the caller left already, and nothing was sent. */
export function relay(
  call: GatewayCall,
  message: PooledCall['message'],
  callerIsStateless: boolean,
  { errorStatus, through = (sink) => sink }: RelayOptions = {},
): RunningCall | undefined {
  const { context, response, handle, principal } = call
  if (call.isAbandoned) return void recordCall(call, labelOf(message), true)
  const sink = new ResponseSink({
    response,
    idToken: message.idToken,
    requestId: context.requestId,
    errorStatus,
    explain: (error) => call.explain(error),
    onOver: (failed, code) => recordCall(call, labelOf(message), failed, code),
    onDrain: () => exchange.resume(),
    onStream: () =>
      call.keepStream(() => {
        exchange.cancel()
        response.end()
      }),
  })
  const exchange = createPooledCall({
    egress: context.egress,
    pool: context.pool,
    target: handle.target,
    call: { message, principal, callerIsStateless, trace: call.startSpan(message) },
    sink: limited(call, through(takesEvents(call.request.headers.accept) ? sink : new WholeAnswerSink(sink))),
  })
  // It comes once; "once" would cost a wrapper, and taking it off again.
  response.on('close', () => {
    if (!response.writableFinished) exchange.cancel()
  })
  exchange.start()
  return exchange
}

const limited = ({ limits }: GatewayCall, sink: AnswerSink): AnswerSink => (limits ? new LimitedSink(sink, (bytes) => limits.show(bytes)) : sink)

/** A caller that names what it takes, and events not among it, gets the answer alone, as JSON. */
const takesEvents = (accept: string | undefined): boolean =>
  accept === undefined || TAKES_EVENTS.test(accept) || !/\bapplication\/(?:json|\*)/i.test(accept)

const TAKES_EVENTS = /\*\/\*|\btext\/(?:event-stream|\*)/i

/** `cancelled` reaches the caller's own call; nothing else that a notification says is for everybody's session. */
function takeNotification(call: GatewayCall, message: ScannedMessage): void {
  if (message.method === 'notifications/cancelled') {
    const requestId = message.offsets.paramsMembers.find(({ key }) => key === 'requestId')?.value
    const session = call.context.pool.find(call.handle.target, call.principal)
    if (requestId) session?.cancelCall(call.principal, message.bytes.toString('utf8', requestId.start, requestId.end))
  }
  sendAccepted(call.response)
}

/** We know the upstream already, and say for it what callers without a session need to hear. */
async function introduce(call: GatewayCall, message: ScannedMessage): Promise<void> {
  const { context, response, handle, principal } = call
  try {
    const { identity } = await context.pool.acquire(handle.target, principal)
    const result = message.method === 'initialize' ? initializeResult(identity, message.params?.protocolVersion) : discoverResult(identity)
    sendRpcResult(response, message.idToken!, result)
    recordCall(call, message.method!, false)
  } catch (error) {
    failCall(call, message, error)
  }
}
