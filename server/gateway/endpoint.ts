// `POST|GET|DELETE /connect/{namespace}/{connectionId}/mcp` and `/mcp/{namespace}`: the third door. Reads a request, finds out
// who asks and which way it goes: a session of its own, the shared one, or straight through.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ConnectionName } from '../connections/find-handle.ts'
import type { House } from '../context/context.ts'
import { countRequest } from '../context/request-rates.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { ScannedMessage } from '../mcp/message-scan.ts'
import { principalOf } from '../policy/actor.ts'
import { admit, type Origin, pathOf } from './admit.ts'
import { AggregateDoor } from './aggregate-door.ts'
import { AskedBack } from './asked-back.ts'
import { CallLimits } from './call-limits.ts'
import { GatewayCall, type CallKeeper } from './call.ts'
import { sessionNotFound, verbNotAllowed } from './gateway-errors.ts'
import { OpenStreams } from './open-streams.ts'
import { answerPooled } from './pooled.ts'
import { readBody } from './read-body.ts'
import { isStateless, scanMessage } from './read-message.ts'
import { refuseRequest } from './refuse-request.ts'
import { sendRpcError } from './rpc-answer.ts'
import { openSessionId, type DownstreamSession } from './sealed-session-id.ts'
import { SseSessions } from './sse-sessions.ts'
import { traceMessage } from './trace-message.ts'
import { endSession, forwardInSession, openTransparentSession, passStateless, streamSession } from './transparent.ts'

/** The dialect's clients send this instead of a session id; it never names one. */
const SHARED_SESSION = 'smithery-stateless'
/** Below /connect, everything else is the REST dialect's. */
const CONNECT_PATH = /^\/connect\/([^/]+)\/([^/]+)\/mcp$/
const MCP_PATH = /^\/mcp\/([^/]+)(?:\/([^/]+))?$/

export interface Gateway {
  /** True if the path was the gateway's; then it answers. */
  handle(request: IncomingMessage, response: ServerResponse, requestId: string, readOrigin: ReadOrigin): boolean
  openStreams: OpenStreams
  close(): void
}

export function createGateway(house: House): Gateway {
  const sseSessions = new SseSessions()
  const openStreams = new OpenStreams()
  const askedBack = new AskedBack()
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

  const aggregate = new AggregateDoor(house, keeper)

  async function answer(name: ConnectionName, request: IncomingMessage, response: ServerResponse, origin: Origin): Promise<void> {
    let idToken: string | undefined
    try {
      // Reading starts at once: whoever is refused has had their body taken off the socket.
      const body = request.method === 'POST' ? readBody(request) : undefined
      body?.catch(ignore)
      const admitting = admit(house, name, request, origin)
      const { context, handle } = admitting instanceof Promise ? await admitting : admitting
      countRequest(house, context.actor)
      const call = new GatewayCall(context, handle, request, response, keeper)
      const limiting = CallLimits.of(context, handle.row, askedBack, sessionHeaderOf(request))
      if (limiting) call.limits = await limiting
      if (!body) return answerVerb(call)
      const message = scanMessage(request, await body)
      traceMessage(context, message)
      idToken = message.method === undefined ? undefined : message.idToken
      if (call.limits) await call.limits.permit(message)
      answerMessage(call, message)
    } catch (error) {
      refuse(error, response, idToken, origin.requestId)
    }
  }

  const refuse = (error: unknown, response: ServerResponse, idToken: string | undefined, requestId: string) =>
    refuseRequest(house, response, { error, idToken, requestId })

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
      house.telemetry?.current()?.tell({ route: name.connectionId === undefined ? '/mcp/{namespace}' : '/connect/{namespace}/{connectionId}/mcp' })
      const { method } = request
      if (method !== 'POST' && method !== 'GET' && method !== 'DELETE') {
        sendRpcError(response, verbNotAllowed(), undefined, requestId)
        return true
      }
      const { namespace, connectionId } = name
      if (connectionId === undefined) void aggregate.answer(namespace, request, response, { requestId, readOrigin })
      else void answer({ namespace, connectionId }, request, response, { requestId, readOrigin })
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

/** `/connect/{namespace}/{id}/mcp`, `/mcp/{namespace}/{id}`; without an id, all of the namespace: `/mcp/{namespace}`. */
function matchPath(url: string): { namespace: string; connectionId: string | undefined } | undefined {
  const path = pathOf(url)
  const match = path.startsWith('/connect/') ? CONNECT_PATH.exec(path) : path.startsWith('/mcp/') ? MCP_PATH.exec(path) : null
  return match ? { namespace: match[1]!, connectionId: match[2] } : undefined
}

const ignore = (): void => {}

/** As it was sent, sealed or not. */
function sessionHeaderOf({ headers }: IncomingMessage): string | undefined {
  const text = headers['mcp-session-id']
  return typeof text === 'string' ? text : undefined
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
