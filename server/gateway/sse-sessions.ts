// Sessions of their own for callers of an HTTP+SSE upstream (2024-11-05): its long stream lives in this
// process, so these sessions do not survive a restart; afterwards their ids answer 404.
import { holdStream } from '../context/hold-stream.ts'
import { AppError } from '../lib/app-error.ts'
import { newId, randomBase62 } from '../lib/ids.ts'
import { carryTrace } from '../mcp/carry-trace.ts'
import { LegacySseChannel } from '../mcp/legacy-sse-channel.ts'
import type { ScannedMessage } from '../mcp/message-scan.ts'
import { encodeSse } from '../mcp/sse.ts'
import { IDLE_SESSION_MS } from '../mcp/upstream-pool.ts'
import { EVENT_STREAM_HEADERS, JSON_HEADERS } from './answer-headers.ts'
import { labelOf, recordCall, type GatewayCall } from './call.ts'
import { failCall } from './fail-call.ts'
import { sessionNotFound } from './gateway-errors.ts'
import { type LiveSession, progressTokenOf, tell } from './live-session.ts'
import { rpcErrorBody, sendAccepted, sendRpcError } from './rpc-answer.ts'
import { sealSessionId, type DownstreamSession } from './sealed-session-id.ts'
import { shownTo } from './shown-to.ts'

export class SseSessions {
  readonly #instanceId = randomBase62(12)
  readonly #live = new Map<string, LiveSession>()

  open(call: GatewayCall, message: ScannedMessage): void {
    this.#open(call, message).catch((error: unknown) => failCall(call, message, error))
  }

  async #open(call: GatewayCall, message: ScannedMessage): Promise<void> {
    const { context, handle, principal } = call
    call.holdCall()
    const letGo = holdStream(context)
    const channel = await LegacySseChannel.open(context.egress, handle.target).catch((error: unknown) => {
      letGo()
      throw error
    })
    channel.onClosed = letGo
    if (call.isAbandoned) return channel.close()
    const id = newId('sse')
    const live: LiveSession = {
      connectionUid: handle.row.uid,
      channel,
      listener: undefined,
      backlog: [],
      backlogBytes: 0,
      progress: new Map(),
      inFlight: 0,
      lastUsedAtMs: context.now(),
    }
    // It costs a socket on both sides, and a caller that lost interest need not say so.
    const isWanted = () => live.inFlight > 0 || live.listener !== undefined || context.now() - live.lastUsedAtMs < IDLE_SESSION_MS
    const forget = call.keepSession({ isWanted, end: () => channel.close() })
    const session: DownstreamSession = {
      connectionUid: handle.row.uid,
      credentialGeneration: handle.row.credentialGeneration,
      principal,
      upstreamSessionId: null,
      stream: { instanceId: this.#instanceId, id },
      issuedAtMs: context.now(),
    }
    const sessionId = sealSessionId(context.vault, session)
    channel.onUnclaimed = (bytes, said) => {
      const shown = shownTo(call, bytes, sessionId)
      if (!(shown instanceof AppError)) tell(live, shown, said)
    }
    channel.onClosed = () => {
      letGo()
      this.#live.delete(id)
      forget()
      live.listener?.end()
      live.listener = undefined
    }
    this.#live.set(id, live)
    relayRequest(call, live, message, { 'mcp-session-id': sessionId })
  }

  #find(session: DownstreamSession): LiveSession | undefined {
    return session.stream?.instanceId === this.#instanceId ? this.#live.get(session.stream.id) : undefined
  }

  post(call: GatewayCall, session: DownstreamSession, message: ScannedMessage): void {
    const live = this.#find(session)
    if (!live) return sendRpcError(call.response, sessionNotFound(), message.idToken, call.context.requestId)
    if (message.method !== undefined && message.idToken !== undefined) return relayRequest(call, live, message, {})
    live.lastUsedAtMs = call.context.now()
    live.channel.send(message.bytes).then(
      () => sendAccepted(call.response),
      (error: unknown) => sendRpcError(call.response, call.explain(error), undefined, call.context.requestId),
    )
  }

  stream(call: GatewayCall, session: DownstreamSession): void {
    const live = this.#find(session)
    const { response } = call
    if (!live) return sendRpcError(response, sessionNotFound(), undefined, call.context.requestId)
    live.listener?.end()
    live.listener = response
    response.writeHead(200, EVENT_STREAM_HEADERS)
    response.flushHeaders()
    for (const bytes of live.backlog.splice(0)) response.write(encodeSse(bytes))
    live.backlogBytes = 0
    const leave = () => {
      if (live.listener === response) live.listener = undefined
    }
    call.keepStream(() => {
      leave()
      response.end()
    })
    response.once('close', () => {
      leave()
      live.lastUsedAtMs = call.context.now()
    })
  }

  end(call: GatewayCall, session: DownstreamSession): void {
    const live = this.#find(session)
    if (!live) return sendRpcError(call.response, sessionNotFound(), undefined, call.context.requestId)
    live.channel.close()
    call.response.writeHead(200, { 'content-length': '0' })
    call.response.end()
  }

  /** The connection is gone or points elsewhere. */
  dropConnection(connectionUid: string): void {
    for (const live of this.#live.values()) if (live.connectionUid === connectionUid) live.channel.close()
  }

  close(): void {
    for (const live of this.#live.values()) live.channel.close()
  }
}

/** The id is the caller's own: this stream carries nobody else's. */
function relayRequest(call: GatewayCall, live: LiveSession, message: ScannedMessage, headers: Record<string, string>): void {
  const { response, context } = call
  try {
    call.holdCall()
  } catch (error) {
    return failCall(call, message, error)
  }
  const id = JSON.parse(message.idToken!) as string | number
  const label = labelOf(message)
  // Progress travels with its answer: on two sockets the answer could overtake it.
  const token = progressTokenOf(message.params?._meta)
  // Before the response ends: a server may go on about a call that it has answered.
  const leave = () => {
    live.channel.forget(id)
    if (token !== undefined && live.progress.get(token) === response) live.progress.delete(token)
  }
  if (token !== undefined) {
    live.progress.set(token, response)
    response.writeHead(200, { ...EVENT_STREAM_HEADERS, ...headers })
    response.flushHeaders()
    call.keepStream(() => {
      leave()
      response.end()
    })
  }
  const refuse = (error: AppError) => {
    leave()
    if (token !== undefined) response.end(encodeSse(rpcErrorBody(error, message.idToken, context.requestId)))
    else sendRpcError(response, error, message.idToken, context.requestId)
    recordCall(call, label, true, error.code)
  }
  live.inFlight++
  const trace = call.startSpan(message)
  live.channel.requestWith(
    id,
    trace ? carryTrace(message, trace) : message.bytes,
    (received) => {
      leave()
      const bytes = shownTo(call, received)
      if (bytes instanceof AppError) return refuse(bytes)
      if (token !== undefined) response.end(encodeSse(bytes))
      else {
        response.writeHead(200, { ...JSON_HEADERS, ...headers, 'content-length': String(bytes.length) })
        response.end(bytes)
      }
      recordCall(call, label, false)
    },
    refuse,
  )
  response.once('close', () => {
    live.inFlight--
    live.lastUsedAtMs = context.now()
    leave()
  })
}
