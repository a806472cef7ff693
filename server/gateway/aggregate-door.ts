// `/mcp/{namespace}`: all connections that the caller may use, as one MCP server without sessions, for clients of every revision.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { House } from '../context/context.ts'
import { countRequest } from '../context/request-rates.ts'
import { isAppError } from '../lib/app-error.ts'
import type { ScannedMessage } from '../mcp/message-scan.ts'
import { STATELESS_REVISION } from '../mcp/protocol-revision.ts'
import type { PooledCall } from '../mcp/pooled-request.ts'
import { findMethod } from '../policy/mcp-methods.ts'
import type { Origin } from './admit.ts'
import { AggregateCall, admitToNamespace } from './aggregate-call.ts'
import { answerItself } from './answer-itself.ts'
import type { CallKeeper } from './call.ts'
import { envelopeProblem } from './envelope-problem.ts'
import { unexpectedResponse, verbNotAllowed } from './gateway-errors.ts'
import { listenForNews, streamNews } from './news-stream.ts'
import { readBody } from './read-body.ts'
import { isStateless, scanMessage } from './read-message.ts'
import { refuseRequest } from './refuse-request.ts'
import { relayToConnection } from './relay-to-connection.ts'
import { sendAccepted, sendRpcResult } from './rpc-answer.ts'
import { traceMessage } from './trace-message.ts'

type Request = PooledCall['message']

interface RunningCall {
  idToken: string
  call: AggregateCall
}

export class AggregateDoor {
  readonly #house: House
  readonly #keeper: CallKeeper
  readonly #running = new Set<RunningCall>()

  constructor(house: House, keeper: CallKeeper) {
    this.#house = house
    this.#keeper = keeper
  }

  async answer(namespace: string, request: IncomingMessage, response: ServerResponse, origin: Origin): Promise<void> {
    let idToken: string | undefined
    try {
      // Reading starts at once: whoever is refused has had their body taken off the socket.
      const body = request.method === 'POST' ? readBody(request) : undefined
      body?.catch(() => {})
      const context = await admitToNamespace(this.#house, namespace, request, origin)
      countRequest(this.#house, context.actor)
      const call = new AggregateCall(context, namespace, request, response)
      const keep = (end: () => void) => this.#keeper.keep({ end, isStillPermitted: () => admitToNamespace(this.#house, namespace, request, origin).then(() => true) })
      if (!body) {
        if (request.method !== 'GET' || request.headers['mcp-protocol-version'] === STATELESS_REVISION) throw verbNotAllowed()
        return streamNews(call, keep)
      }
      const message = scanMessage(request, await body)
      traceMessage(context, message)
      if (message.method === undefined) throw unexpectedResponse()
      idToken = message.idToken
      if (idToken === undefined) return this.#takeNotification(call, message)
      const stateless = isStateless(request, message)
      const problem = stateless ? envelopeProblem(request.headers, message) : undefined
      if (problem) throw problem
      if (stateless && message.method === 'subscriptions/listen') return listenForNews(call, message as Request, keep)
      await this.#answerRequest(call, message as Request, stateless)
    } catch (error) {
      refuseRequest(this.#house, response, { error, idToken, requestId: origin.requestId })
    }
  }

  async #answerRequest(call: AggregateCall, message: Request, stateless: boolean): Promise<void> {
    const { context, response } = call
    const running = { idToken: message.idToken, call }
    this.#running.add(running)
    response.once('close', () => this.#running.delete(running))
    try {
      const result = await answerItself(call, message)
      if (!result) await relayToConnection(call, message, { stateless, keeper: this.#keeper })
      else sendRpcResult(response, message.idToken, stateless ? completed(message.method, result) : result)
    } catch (error) {
      if (response.destroyed) return
      // A status of HTTP is about the endpoint. What a connection lacks is an answer: 401 would have clients sign in here, 404 start anew.
      const status = stateless && isAppError(error) && error.kind === 'method_not_allowed' ? 404 : 200
      refuseRequest(context, response, { error, idToken: message.idToken, requestId: context.requestId, status })
    }
  }

  /** `cancelled` reaches the caller's own request, if it is clear which one that is. */
  #takeNotification({ namespace, principal, response }: AggregateCall, { method, bytes, offsets }: ScannedMessage): void {
    const requestId = offsets.paramsMembers.find(({ key }) => key === 'requestId')?.value
    if (method === 'notifications/cancelled' && requestId) {
      const wanted = bytes.toString('utf8', requestId.start, requestId.end)
      const matching = [...this.#running].filter(({ idToken, call }) => idToken === wanted && call.namespace === namespace && call.principal === principal)
      if (matching.length === 1) matching[0]!.call.cancel()
    }
    sendAccepted(response)
  }
}

/** What every result of 2026-07-28 must say. */
const completed = (method: string, result: Record<string, unknown>) => ({
  resultType: 'complete',
  ...(findMethod(method)?.cacheable && { ttlMs: 0, cacheScope: 'private' }),
  ...result,
})
