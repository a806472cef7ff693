// The one route that is called all day, found without the router: a tool call whose path says the
// tool's name in one plain segment. Everything else, however it is spelt, is the router's.
import type { House } from '../context/context.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { WireAnswer } from '../lib/wire-answer.ts'
import { isReservedName } from '../namespaces/namespace-name.ts'
import { answerRequest } from './answer-request.ts'
import type { RestRequest } from './route.ts'
import { callToolRoute } from './routes/tools.ts'

/** Nothing percent-encoded, no dot segments, no query: what it matches means the same to every reader of URLs. */
const PLAIN_CALL = /^(?:\/connect)?\/([a-z0-9][a-z0-9-]*)\/([\w-]+)\/\.tools\/([\w-][\w.-]*)$/

export type DirectToolCall = Record<'namespace' | 'connectionId' | 'tool', string>

/** `path` is that of a POST. */
export function findToolCall(path: string): DirectToolCall | undefined {
  const [, namespace, connectionId, tool] = PLAIN_CALL.exec(path) ?? []
  if (namespace === undefined || connectionId === undefined || tool === undefined || isReservedName(namespace)) return undefined
  return { namespace, connectionId, tool }
}

export const answerToolCall = (house: House, params: DirectToolCall, request: RestRequest, requestId: string, readOrigin?: ReadOrigin): Promise<WireAnswer> =>
  answerRequest(house, callToolRoute, { request, params, requestId, readOrigin })
