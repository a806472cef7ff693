// Sessions of their own for callers of an HTTP+SSE upstream (2024-11-05): its long stream lives in this
// process, so these sessions do not survive a restart; afterwards their ids answer 404.
import type { ServerResponse } from 'node:http'
import { newId, randomBase62 } from '../lib/ids.ts'
import { toAppError } from '../lib/app-error.ts'
import { LegacySseChannel } from '../mcp/legacy-sse-channel.ts'
import type { ScannedMessage } from '../mcp/message-scan.ts'
import { encodeSse } from '../mcp/sse.ts'
import { IDLE_SESSION_MS } from '../mcp/upstream-pool.ts'
import { EVENT_STREAM_HEADERS, JSON_HEADERS } from './answer-headers.ts'
import { labelOf, recordCall, type GatewayCall } from './call.ts'
import { sessionNotFound } from './gateway-errors.ts'
import { rpcErrorBody, sendAccepted, sendRpcError } from './rpc-answer.ts'
import { sealSessionId, type DownstreamSession } from './sealed-session-id.ts'

interface LiveSession {
  connectionUid: string
  channel: LegacySseChannel
  /** The caller's GET stream, where the server's own messages go. */
  listener: ServerResponse | undefined
  /** What the server said before the caller listened; bounded. */
  backlog: Buffer[]
  /** Who waits for progress, by the JSON text of the token. */
  progress: Map<string, ServerResponse>
  /** Requests that wait for their answer. */
  inFlight: number
  lastUsedAtMs: number
}

const MAX_BACKLOG = 100

export class SseSessions {
  readonly #instanceId = randomBase62(12)
  readonly #live = new Map<string, LiveSession>()

  open(call: GatewayCall, message: ScannedMessage): void {
    this.#open(call, message).catch((error: unknown) => {
      sendRpcError(call.response, toAppError(error), message.idToken, call.context.requestId)
      recordCall(call, 'initialize', true)
    })
  }

  async #open(call: GatewayCall, message: ScannedMessage): Promise<void> {
    const { context, handle, principal } = call
    const channel = await LegacySseChannel.open(context.egress, handle.target)
    const id = newId('sse')
    const live: LiveSession = { connectionUid: handle.row.uid, channel, listener: undefined, backlog: [], progress: new Map(), inFlight: 0, lastUsedAtMs: context.now() }
    // It costs a socket on both sides, and a caller that lost interest need not say so.
    const isWanted = () => live.inFlight > 0 || live.listener !== undefined || context.now() - live.lastUsedAtMs < IDLE_SESSION_MS
    const forget = call.keepSession({ isWanted, end: () => channel.close() })
    channel.onUnclaimed = (bytes, said) => tell(live, bytes, said)
    channel.onClosed = () => {
      this.#live.delete(id)
      forget()
      live.listener?.end()
    }
    this.#live.set(id, live)
    const session: DownstreamSession = {
      connectionUid: handle.row.uid,
      credentialGeneration: handle.row.credentialGeneration,
      principal,
      upstreamSessionId: null,
      stream: { instanceId: this.#instanceId, id },
      issuedAtMs: context.now(),
    }
    relayRequest(call, live, message, { 'mcp-session-id': sealSessionId(context.vault, session) })
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
      (error: unknown) => sendRpcError(call.response, toAppError(error), undefined, call.context.requestId),
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
    call.keepStream(() => response.end())
    response.once('close', () => {
      if (live.listener === response) live.listener = undefined
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
  if (stream) stream.write(encodeSse(bytes))
  else if (live.backlog.length < MAX_BACKLOG) live.backlog.push(bytes)
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
  if (token !== undefined) {
    live.progress.set(token, response)
    response.writeHead(200, { ...EVENT_STREAM_HEADERS, ...headers })
    response.flushHeaders()
    call.keepStream(() => response.end())
  }
  live.inFlight++
  live.channel.requestWith(
    id,
    message.bytes,
    (bytes) => {
      if (token !== undefined) response.end(encodeSse(bytes))
      else {
        response.writeHead(200, { ...JSON_HEADERS, ...headers, 'content-length': String(bytes.length) })
        response.end(bytes)
      }
      recordCall(call, label, false)
    },
    (error) => {
      if (token !== undefined) response.end(encodeSse(rpcErrorBody(error, message.idToken, context.requestId)))
      else sendRpcError(response, error, message.idToken, context.requestId)
      recordCall(call, label, true)
    },
  )
  response.once('close', () => {
    live.inFlight--
    live.lastUsedAtMs = context.now()
    live.channel.forget(id)
    if (token !== undefined && live.progress.get(token) === response) live.progress.delete(token)
  })
}
