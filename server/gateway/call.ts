// One request at the gateway, after it was admitted: who asks, of which connection, and how its answer
// is counted.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { explainCallFailure } from '../connections/explain-call-failure.ts'
import type { ConnectionHandle } from '../context/caches.ts'
import type { Context } from '../context/context.ts'
import { holdStream } from '../context/hold-stream.ts'
import type { AppError } from '../lib/app-error.ts'
import { messageFacts } from '../mcp/message-facts.ts'
import type { ScannedMessage } from '../mcp/message-scan.ts'
import { tooManyCalls } from '../mcp/upstream-error.ts'
import { principalOf } from '../policy/actor.ts'
import { findMethod } from '../policy/mcp-methods.ts'
import type { CallSpan, TraceContext } from '../telemetry/telemetry.ts'
import type { CallLimits } from './call-limits.ts'
import type { OpenStream } from './open-streams.ts'

/** Where a call's streams are kept, and how to ask again whether its caller may have them. */
export interface CallKeeper {
  keep(stream: OpenStream): () => void
  isStillPermitted(call: GatewayCall, stream: { hasEnd: boolean }): Promise<boolean>
}

export class GatewayCall {
  readonly context: Context
  readonly handle: ConnectionHandle
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly principal: string
  /** Only of callers who may make some calls and not others. */
  limits: CallLimits | undefined
  readonly startedAtMs = performance.now()
  readonly #keeper: CallKeeper
  #span: CallSpan | undefined
  #isHeld = false

  constructor(context: Context, handle: ConnectionHandle, request: IncomingMessage, response: ServerResponse, keeper: CallKeeper) {
    this.context = context
    this.handle = handle
    this.request = request
    this.response = response
    this.principal = principalOf(context.actor)
    this.#keeper = keeper
  }

  /** The caller left; the response has said so and will not say it again. */
  get isAbandoned(): boolean {
    return this.response.destroyed
  }

  /** What its caller is told of a failure. */
  explain(error: unknown): AppError {
    return explainCallFailure(this.context, this.handle.row, error)
  }

  /** From here on its upstream is asked. Undefined where nothing is traced, and for what has no answer. */
  startSpan(message: ScannedMessage | undefined): TraceContext | undefined {
    const { span } = this.context
    if (!span || message?.method === undefined || message.idToken === undefined) return undefined
    const { namespace, connectionId } = this.handle.row
    this.#span ??= span.startCall({ ...messageFacts(message.method, message.params), namespace, connectionId })
    return this.#span.trace
  }

  endSpan(errorType: string | undefined): void {
    if (errorType !== undefined) this.context.span?.tell({ errorType })
    this.#span?.end(errorType)
  }

  /** From here until it is answered it is one of its connection's calls in flight. @throws limits.too_many_calls */
  holdCall(): void {
    if (this.#isHeld || this.isAbandoned) return
    const { calls } = this.context.pool
    const held = calls.take(this.handle.row.uid)
    if (!held) throw tooManyCalls()
    this.#isHeld = true
    this.response.once('close', () => calls.give(held))
  }

  /** From here until it ends it is one of its organization's streams. @throws limits.too_many_streams */
  holdStream(): void {
    if (!this.isAbandoned) this.response.once('close', holdStream(this.context))
  }

  /** Registers a long answer: it ends when the caller may no longer have it. */
  keepStream(end: () => void): void {
    const hasEnd = this.request.method === 'POST'
    this.response.once('close', this.#keeper.keep({ isStillPermitted: () => this.#keeper.isStillPermitted(this, { hasEnd }), end }))
  }

  /** Registers what outlives this request, until the returned function is called. */
  keepSession({ isWanted, end }: { isWanted(): boolean; end(): void }): () => void {
    return this.#keeper.keep({ isStillPermitted: async () => isWanted() && (await this.#keeper.isStillPermitted(this, { hasEnd: false })), end })
  }
}

/** `code` is that of the error which ended it, if one did. */
export function recordCall(call: GatewayCall, label: string, failed: boolean, code?: string): void {
  const { context, handle, principal, startedAtMs } = call
  call.endSpan(failed ? (code ?? '_OTHER') : undefined)
  context.usage.recordCall({
    connectionUid: handle.row.uid,
    namespace: handle.row.namespace,
    tool: label,
    durationMs: performance.now() - startedAtMs,
    failed,
    code,
    principal,
    requestId: context.requestId,
  })
}

/** What a message is counted under: the tool it calls, else its method, unless the caller made that up. */
export function labelOf(message: ScannedMessage): string {
  const { method = '' } = message
  const tool = method === 'tools/call' ? message.textParam('name') : undefined
  return tool ?? (findMethod(method) ? method : 'unknown method')
}
