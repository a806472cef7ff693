// `POST|GET|DELETE /connect/{namespace}/{connectionId}/mcp`: the third door. Reads a request, finds out
// who asks and which way it goes: a session of its own, the shared one, or straight through.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { requireHandle, type ConnectionName } from '../connections/find-handle.ts'
import type { ConnectionHandle } from '../context/caches.ts'
import { contextFor, type Context, type House } from '../context/context.ts'
import { noteDenial } from '../context/note-denial.ts'
import { resolveActor } from '../identity/resolve-actor.ts'
import { toAppError } from '../lib/app-error.ts'
import { errorTable } from '../lib/error-table.ts'
import { isJsonContentType } from '../lib/json-body.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import { envelopeRevision } from '../mcp/envelope.ts'
import { MessageRefused, scanCallerMessage, type ScannedMessage } from '../mcp/message-scan.ts'
import { SESSION_REVISIONS } from '../mcp/protocol-revision.ts'
import { principalOf, type Actor } from '../policy/actor.ts'
import { GatewayCall, type CallKeeper } from './call.ts'
import { messageRefused, sessionNotFound, verbNotAllowed, wrongContentType } from './gateway-errors.ts'
import { OpenStreams } from './open-streams.ts'
import { answerPooled } from './pooled.ts'
import { readBody } from './read-body.ts'
import { sendRpcError } from './rpc-answer.ts'
import { openSessionId, type DownstreamSession } from './sealed-session-id.ts'
import { SseSessions } from './sse-sessions.ts'
import { endSession, forwardInSession, openTransparentSession, passStateless, streamSession } from './transparent.ts'

/** The dialect's clients send this instead of a session id; it never names one. */
const SHARED_SESSION = 'smithery-stateless'
/** Below /connect, everything else is the REST dialect's. */
const CONNECT_PATH = /^\/connect\/([^/]+)\/([^/]+)\/mcp$/
const MCP_PATH = /^\/mcp\/([^/]+)\/([^/]+)$/

export interface Gateway {
  /** True if the path was the gateway's; then it answers. */
  handle(request: IncomingMessage, response: ServerResponse, requestId: string, readOrigin: ReadOrigin): boolean
  openStreams: OpenStreams
  close(): void
}

export function createGateway(house: House): Gateway {
  const sseSessions = new SseSessions()
  const openStreams = new OpenStreams()
  const closing = new AbortController()
  void endSessionsOfDeleted(house, sseSessions, closing.signal)

  const keeper: CallKeeper = {
    keep: (stream) => openStreams.add(stream),
    async isStillPermitted({ request, context, handle }, { hasEnd }) {
      const { namespace, connectionId, uid, credentialGeneration } = handle.row
      const { row } = (await admit(house, { namespace, connectionId }, request, context)).handle
      // Under another credential it would be another account's news; a call that was sent runs to its answer.
      return row.uid === uid && (hasEnd || row.credentialGeneration === credentialGeneration)
    },
  }

  async function answer(name: ConnectionName, request: IncomingMessage, response: ServerResponse, origin: Origin): Promise<void> {
    let idToken: string | undefined
    try {
      // Reading starts at once: whoever is refused has had their body taken off the socket.
      const body = request.method === 'POST' ? readBody(request) : undefined
      body?.catch(ignore)
      const admitting = admit(house, name, request, origin)
      const { context, handle } = admitting instanceof Promise ? await admitting : admitting
      const call = new GatewayCall(context, handle, request, response, keeper)
      if (!body) return answerVerb(call)
      const message = scan(request, await body)
      idToken = message.method === undefined ? undefined : message.idToken
      answerMessage(call, message)
    } catch (error) {
      refuse(error, response, idToken, origin.requestId)
    }
  }

  function refuse(error: unknown, response: ServerResponse, idToken: string | undefined, requestId: string): void {
    const failure = error instanceof MessageRefused ? messageRefused(error.message, error) : toAppError(error)
    if (errorTable[failure.kind].side === 'plugboard') house.log.error('a gateway request failed', { requestId, code: failure.code, error: failure })
    sendRpcError(response, failure, idToken, requestId)
  }

  function answerVerb(call: GatewayCall): void {
    const session = findSession(call)
    if (!session) throw verbNotAllowed()
    const stream = call.request.method === 'GET'
    if (session.stream) return stream ? sseSessions.stream(call, session) : sseSessions.end(call, session)
    return stream ? streamSession(call, session) : endSession(call, session)
  }

  function answerMessage(call: GatewayCall, message: ScannedMessage): void {
    const session = findSession(call)
    if (session?.stream) return sseSessions.post(call, session, message)
    if (session) return forwardInSession(call, session, message)
    if (isStateless(call.request, message)) return void answerStateless(call, message)
    if (message.method === 'initialize' && call.request.headers['mcp-session-id'] === undefined) {
      return openTransparentSession(call, message, sseSessions)
    }
    answerPooled(call, message, false)
  }

  async function answerStateless(call: GatewayCall, message: ScannedMessage): Promise<void> {
    try {
      const { verdict } = await call.context.pool.acquire(call.handle.target, call.principal)
      if (verdict.era === 'stateless') passStateless(call, message)
      else answerPooled(call, message, true)
    } catch (error) {
      refuse(call.explain(error), call.response, message.idToken, call.context.requestId)
    }
  }

  return {
    openStreams,
    handle(request, response, requestId, readOrigin) {
      const name = matchPath(request.url ?? '')
      if (!name) return false
      const { method } = request
      if (method !== 'POST' && method !== 'GET' && method !== 'DELETE') {
        sendRpcError(response, verbNotAllowed(), undefined, requestId)
        return true
      }
      void answer(name, request, response, { requestId, readOrigin })
      return true
    },
    close() {
      closing.abort()
      openStreams.endAll()
      sseSessions.close()
    },
  }
}

async function endSessionsOfDeleted(house: House, sseSessions: SseSessions, signal: AbortSignal): Promise<void> {
  for await (const change of house.statusFeed.subscribe(signal)) {
    if (change.state === 'deleted') sseSessions.dropConnection(change.connectionUid)
  }
}

/** `/connect/{namespace}/{id}/mcp`, `/mcp/{namespace}/{id}`. */
function matchPath(url: string): ConnectionName | undefined {
  const queryAt = url.indexOf('?')
  const path = queryAt < 0 ? url : url.slice(0, queryAt)
  const match = path.startsWith('/connect/') ? CONNECT_PATH.exec(path) : path.startsWith('/mcp/') ? MCP_PATH.exec(path) : null
  return match ? { namespace: match[1]!, connectionId: match[2]! } : undefined
}

/** The request that is asked for: also again, later. */
type Origin = Pick<Context, 'requestId' | 'readOrigin'>

interface Admitted {
  context: Context
  handle: ConnectionHandle
}

function admit(house: House, name: ConnectionName, request: IncomingMessage, origin: Origin): Admitted | Promise<Admitted> {
  const actor = resolveActor(house, { authorization: request.headers.authorization, origin: request.headers.origin })
  if (actor instanceof Promise) return actor.then((known) => withHandle(house, known, name, origin))
  return withHandle(house, actor, name, origin)
}

function withHandle(house: House, actor: Actor, name: ConnectionName, { requestId, readOrigin }: Origin): Admitted | Promise<Admitted> {
  const context = contextFor(house, actor, requestId, readOrigin)
  const denied = (error: unknown): never => {
    noteDenial(context, error, 'MCP')
    throw error
  }
  try {
    const handle = requireHandle(context, name, 'execute')
    return handle instanceof Promise ? handle.then((read) => ({ context, handle: read }), denied) : { context, handle }
  } catch (error) {
    return denied(error)
  }
}

const ignore = (): void => {}

function scan(request: IncomingMessage, bytes: Buffer): ScannedMessage {
  if (!isJsonContentType(request.headers['content-type'] ?? null)) throw wrongContentType()
  return scanCallerMessage(bytes)
}

/** The caller's session. @throws mcp.session_not_found for an id that opens nothing. */
function findSession(call: GatewayCall): DownstreamSession | undefined {
  const text = call.request.headers['mcp-session-id']
  if (text === undefined || text === SHARED_SESSION) return undefined
  const { row } = call.handle
  const session =
    typeof text === 'string'
      ? openSessionId(call.context.vault, text, {
          connectionUid: row.uid,
          credentialGeneration: row.credentialGeneration,
          principal: principalOf(call.context.actor),
          nowMs: call.context.now(),
        })
      : undefined
  if (!session) throw sessionNotFound()
  return session
}

/** A revision without sessions: its header or its envelope says so. */
function isStateless(request: IncomingMessage, message: ScannedMessage): boolean {
  const version = request.headers['mcp-protocol-version']
  if (envelopeRevision(message) !== undefined) return true
  return typeof version === 'string' && !SESSION_REVISIONS.has(version)
}
