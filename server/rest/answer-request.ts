// A request whose route is known: parse it, call one use case, translate the answer. Nothing here
// decides who may do what.
import { contextFor, type House } from '../context/context.ts'
import { resolveActor } from '../identity/resolve-actor.ts'
import { type AppError, toAppError } from '../lib/app-error.ts'
import type { WireAnswer } from '../lib/wire-answer.ts'
import { toErrorWire, toWire } from './answer.ts'
import { readCredential } from './read-credential.ts'
import { readInput } from './read-input.ts'
import type { Answer, RestRequest, RestRoute } from './route.ts'

export interface RoutedRequest {
  request: RestRequest
  /** Of the path, decoded. */
  params: Record<string, string>
  requestId: string
}

/** Never rejects. */
export async function answerRequest(house: House, route: RestRoute, routed: RoutedRequest): Promise<WireAnswer> {
  const { requestId } = routed
  try {
    return toWire(await run(house, route, routed), requestId)
  } catch (thrown) {
    const error = toAppError(thrown)
    logFailure(house, error, route, requestId)
    return toErrorWire(error, requestId)
  }
}

async function run(house: House, route: RestRoute, { request, params, requestId }: RoutedRequest): Promise<Answer> {
  if (route.access === 'public') return route.handle(await readInput(route, request, params), house, requestId)
  // Who asks comes first: a stranger is not told what a good request would look like.
  const actor = await resolveActor(house, readCredential(request))
  return route.handle(await readInput(route, request, params), contextFor(house, actor, requestId))
}

function logFailure(house: House, error: AppError, route: RestRoute, requestId: string): void {
  if (error.kind !== 'internal') return
  const { method, path } = route
  house.log.error('a REST request failed', { requestId, method, route: path, code: error.code, error: error.cause ?? error })
}
