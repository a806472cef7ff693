// A request whose route is known: parse it, call one use case, translate the answer. Nothing here
// decides who may do what.
import { type Context, contextFor, type House } from '../context/context.ts'
import { countRequest } from '../context/request-rates.ts'
import { noteDenial } from '../context/note-denial.ts'
import { resolveActor } from '../identity/resolve-actor.ts'
import { type AppError, toAppError } from '../lib/app-error.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { WireAnswer } from '../lib/wire-answer.ts'
import { toErrorWire, toWire } from './answer.ts'
import { readCredential } from './read-credential.ts'
import { readInput } from './read-input.ts'
import type { Answer, GuardedRoute, Input, PublicRoute, RestRequest, RestRoute, StreamRoute } from './route.ts'

export interface RoutedRequest {
  request: RestRequest
  /** Of the path, decoded. */
  params: Record<string, string>
  requestId: string
  readOrigin?: ReadOrigin | undefined
}

/** Never rejects. */
export async function answerRequest(house: House, route: GuardedRoute | PublicRoute, routed: RoutedRequest): Promise<WireAnswer> {
  const { requestId } = routed
  try {
    return toWire(await run(house, route, routed), requestId)
  } catch (thrown) {
    const error = toAppError(thrown)
    noteFailure(house, error, route, requestId)
    return toErrorWire(error, requestId)
  }
}

async function run(house: House, route: GuardedRoute | PublicRoute, routed: RoutedRequest): Promise<Answer> {
  const { request, params, requestId, readOrigin } = routed
  if (route.access === 'public') return route.handle(await readInput(route, request, params), house, requestId, readOrigin)
  return admitRequest(house, route, routed, (input, context) => route.handle(input, context))
}

/** For callers with a credential. */
export async function admitRequest<Result>(
  house: House,
  route: GuardedRoute | StreamRoute,
  { request, params, requestId, readOrigin }: RoutedRequest,
  handle: (input: Input, context: Context) => Promise<Result>,
): Promise<Result> {
  house.telemetry?.current()?.tell({ route: route.path })
  // Who asks comes first: a stranger is not told what a good request would look like.
  const actor = await resolveActor(house, readCredential(request, readOrigin))
  countRequest(house, actor)
  const context = contextFor(house, actor, requestId, readOrigin)
  try {
    return await handle(await readInput(route, request, params), context)
  } catch (error) {
    noteDenial(context, error, `${route.method} ${route.path}`)
    throw error
  }
}

/** In the trace of its request; what is nobody's fault outside, in the log, too. */
export function noteFailure(house: House, error: AppError, route: RestRoute, requestId: string): void {
  house.telemetry?.current()?.tell({ errorType: error.code })
  if (error.kind !== 'internal') return
  const { method, path } = route
  house.log.error('a REST request failed', { requestId, method, route: path, code: error.code, error: error.cause ?? error })
}
