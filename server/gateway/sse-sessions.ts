// Sessions of their own for callers of an HTTP+SSE upstream (2024-11-05): its long stream lives in this
// process, so these sessions do not survive a restart; afterwards their ids answer 404.
import type { ServerResponse } from 'node:http'
import { AppError } from '../lib/app-error.ts'
import { newId, randomBase62 } from '../lib/ids.ts'
import { carryTrace } from '../mcp/carry-trace.ts'
import { MAX_EVENT_BYTES } from '../mcp/collect-reply.ts'
import { LegacySseChannel } from '../mcp/legacy-sse-channel.ts'
import type { ScannedMessage } from '../mcp/message-scan.ts'
import { encodeSse } from '../mcp/sse.ts'
import { IDLE_SESSION_MS } from '../mcp/upstream-pool.ts'
import { EVENT_STREAM_HEADERS, JSON_HEADERS } from './answer-headers.ts'
import { labelOf, recordCall, type GatewayCall } from './call.ts'
import { sessionNotFound } from './gateway-errors.ts'
import { rpcErrorBody, sendAccepted, sendRpcError } from './rpc-answer.ts'
import { sealSessionId, type DownstreamSession } from './sealed-session-id.ts'
import { shownTo } from './shown-to.ts'

interface LiveSession {
  connectionUid: string
  channel: LegacySseChannel
  /** The caller's GET stream, where the server's own messages go. */
  listener: ServerResponse | undefined
  /** What the server said before the caller listened; bounded. */
  backlog: Buffer[]
  backlogBytes: number
  /** Who waits for progress, by the JSON text of the token. */
  progress: Map<string, ServerResponse>
  /** Requests that wait for their answer. */
  inFlight: number
  lastUsedAtMs: number
}

const MAX_BACKLOG = 100
/** For a caller who does not listen, or reads slower than the server talks: this stream cannot be slowed down. */
const MAX_UNREAD_BYTES = 2 * MAX_EVENT_BYTES

export class SseSessions {
  readonly #instanceId = randomBase62(12)
  readonly #live = new Map<string, LiveSession>()

  open(call: GatewayCall, message: ScannedMessage): void {
    this.#open(call, message).catch((error: unknown) => {
      const failure = call.explain(error)
      sendRpcError(call.response, failure, message.idToken, call.context.requestId)
      recordCall(call, 'initialize', true, failure.code)
    })
  }

  async #open(call: GatewayCall, message: ScannedMessage): Promise<void> {
    const { context, handle, principal } = call
    const channel = await LegacySseChannel.open(context.egress, handle.target)
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

function tell(live: LiveSession, bytes: Buffer, said: Record<string, unknown>): void {
  const token = said.method === 'notifications/progress' ? progressTokenOf(said.params) : undefined
  const asker = token === undefined ? undefined : live.progress.get(token)
  const stream = asker ?? live.listener
  if (!stream) hold(live, bytes)
  else if (stream.writableLength > MAX_UNREAD_BYTES) live.channel.close()
  else stream.write(encodeSse(bytes))
}

function hold(live: LiveSession, bytes: Buffer): void {
  if (live.backlog.length === MAX_BACKLOG || live.backlogBytes + bytes.length > MAX_UNREAD_BYTES) return
  live.backlog.push(bytes)
  live.backlogBytes += bytes.length
}

/** As JSON text. */
function progressTokenOf(holder: unknown): string | undefined {
  const token = (holder as { progressToken?: unknown } | null | undefined)?.progressToken
  return token === undefined ? undefined : JSON.stringify(token)
}

/** The id is the caller's own: this stream carries nobody else's. */
function relayRequest(call: GatewayCall, live: LiveSession, message: ScannedMessage, headers: Record<string, string>): void {
  const { response, context } = call
  const id = JSON.parse(message.idToken!) as string | number
  const label = labelOf(message.method!, message.params)
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
