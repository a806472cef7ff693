// Sends a caller's own bytes on and relays the answer: the transparent way.
import type { Egress } from '../egress/egress.ts'
import type { AppError } from '../lib/app-error.ts'
import { carryTrace, traceHeaders } from '../mcp/carry-trace.ts'
import { HEAD_TIMEOUT_MS, MAX_JSON_BYTES, type ReplyHeaders } from '../mcp/collect-reply.ts'
import type { ScannedMessage } from '../mcp/message-scan.ts'
import { judgeRefusal } from '../mcp/renewing-exchange.ts'
import { failedReply } from '../mcp/upstream-error.ts'
import type { TokenRenewal, UpstreamTarget } from '../mcp/upstream-target.ts'
import type { TraceContext } from '../telemetry/telemetry.ts'
import type { GatewayCall } from './call.ts'
import { forwardHeaders, limitedHeaders } from './forward-headers.ts'
import { LimitedAnswer } from './limited-answer.ts'
import { sendRpcError } from './rpc-answer.ts'
import { TransparentAnswer } from './transparent-answer.ts'

export interface ForwardInput {
  method: 'POST' | 'GET' | 'DELETE'
  body: Buffer | null
  /** Which `body` is. A request goes on with the trace that it belongs to. */
  message?: ScannedMessage
  upstreamSessionId: string | null
  inSession: boolean
  idToken: string | undefined
  refuseHead?(headers: ReplyHeaders): AppError | undefined
  extraHeaders?(headers: ReplyHeaders): Record<string, string>
  takeOver?(status: number, headers: ReplyHeaders): boolean
  onOver(failed: boolean, code?: string): void
}

interface SentInput extends ForwardInput {
  trace?: TraceContext
}

export function forward(call: GatewayCall, input: ForwardInput): void {
  try {
    hold(call, input)
  } catch (error) {
    return void refuse(call, input, error)
  }
  const { target } = call.handle
  const trace = call.isAbandoned ? undefined : call.startSpan(input.message)
  send(call, trace && input.message ? { ...input, body: carryTrace(input.message, trace), trace } : input, target, false)
}

/** A subscription is a request whose answer comes when it ends (MCP 2026-07-28, subscriptions/listen). What awaits no answer is soon over. */
function hold(call: GatewayCall, { method, message, idToken }: ForwardInput): void {
  if (method === 'GET' || message?.method === 'subscriptions/listen') call.holdStream()
  else if (method === 'POST' && idToken !== undefined) call.holdCall()
}

function send(call: GatewayCall, input: SentInput, target: UpstreamTarget, isRenewed: boolean): void {
  const { context, request, response, limits } = call
  if (call.isAbandoned) return input.onOver(true)
  const opened = target.open()
  const answer = new TransparentAnswer({
    response,
    requestId: context.requestId,
    explain: (error) => call.explain(error),
    idToken: input.idToken,
    inSession: input.inSession,
    awaitsNothing: input.idToken === undefined && input.method !== 'GET',
    extraHeaders: input.extraHeaders ?? (() => ({})),
    ...(input.refuseHead && { refuseHead: input.refuseHead }),
    takeOver(status, headers) {
      const { renewal } = target
      if (!renewal || (status !== 401 && status !== 403)) return input.takeOver?.(status, headers) ?? false
      const mayRenew = status === 401 && !isRenewed
      void (mayRenew ? sendRenewed(call, input, renewal) : refuse(call, input, judgeRefusal(failedReply(status, headers), renewal)))
      return true
    },
    onStream: () => call.keepStream(() => answer.stop()),
    onOver: input.onOver,
  })
  const limitedAnswer = limits && new LimitedAnswer(answer, (bytes) => limits.show(bytes))
  const egress: Egress = context.egress
  const exchange = egress.dispatch(
    {
      url: opened.url,
      method: input.method,
      headers: {
        ...opened.headers,
        ...(call.limits ? limitedHeaders(request.headers, call.limits.routingHeadersOf(input.message)) : forwardHeaders(request.headers)),
        ...(input.trace && traceHeaders(input.trace)),
        ...(input.body && { 'content-type': 'application/json' }),
        ...(input.upstreamSessionId !== null && { 'mcp-session-id': input.upstreamSessionId }),
      },
      body: input.body,
      trust: 'configured',
      payer: opened.payer,
      headersTimeoutMs: HEAD_TIMEOUT_MS,
      // A stream may be silent for as long as both sides like; its caller's leaving ends it.
      bodyIdleTimeoutMs: 0,
      maxBytes: MAX_JSON_BYTES,
    },
    limitedAnswer ?? answer,
  )
  answer.exchange = exchange
  if (limitedAnswer) limitedAnswer.exchange = exchange
  // Also when it was we who ended the response: nobody is left to read what the upstream says.
  response.once('close', () => exchange.abort())
}

/** The server refused the token before it looked at the message: it is sent again with a fresh one, once. */
async function sendRenewed(call: GatewayCall, input: SentInput, renewal: TokenRenewal): Promise<void> {
  try {
    send(call, input, await renewal.renew(), true)
  } catch (error) {
    await refuse(call, input, error)
  }
}

async function refuse(call: GatewayCall, input: ForwardInput, reason: unknown): Promise<void> {
  const failure = call.explain(await reason)
  sendRpcError(call.response, failure, input.idToken, call.context.requestId)
  input.onOver(true, failure.code)
}
