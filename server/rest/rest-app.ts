// The REST door: the dialect that apps of a hosted service already speak, and our own routes beside it.
// It parses, calls one use case and translates the answer; it never decides who may do what.
import { Hono, type Context as HonoContext } from 'hono'
import { contextFor, type House } from '../context/context.ts'
import { resolveActor } from '../identity/resolve-actor.ts'
import { type AppError, toAppError } from '../lib/app-error.ts'
import { newRequestId } from '../lib/ids.ts'
import { toErrorResponse, toResponse } from './answer.ts'
import { readCredential } from './read-credential.ts'
import { readInput } from './read-input.ts'
import { methodNotAllowed, routeNotFound } from './rest-errors.ts'
import { restRoutes } from './rest-routes.ts'
import type { RestRoute } from './route.ts'

export interface RestEnvironment {
  Bindings: {
    /** Given by whoever writes the access log; made up here otherwise. */
    requestId?: string
  }
}

type RestContext = HonoContext<RestEnvironment>

// Without a second argument to fetch() Hono has no bindings at all.
const requestIdOf = (c: RestContext): string => (c.env as RestEnvironment['Bindings'] | undefined)?.requestId ?? newRequestId()

async function run(house: House, route: RestRoute, c: RestContext, requestId: string) {
  const request = c.req.raw
  if (route.access === 'public') return route.handle(await readInput(route, request, c.req.param()), house, requestId)
  // Who asks comes first: a stranger is not told what a good request would look like.
  const actor = await resolveActor(house, readCredential(request))
  return route.handle(await readInput(route, request, c.req.param()), contextFor(house, actor, requestId))
}

function logFailure(house: House, error: AppError, route: RestRoute, requestId: string): void {
  if (error.kind !== 'internal') return
  const { method, path } = route
  house.log.error('a REST request failed', { requestId, method, route: path, code: error.code, error: error.cause ?? error })
}

const serve = (house: House, route: RestRoute) => async (c: RestContext) => {
  const requestId = requestIdOf(c)
  try {
    return toResponse(await run(house, route, c, requestId), requestId)
  } catch (thrown) {
    const error = toAppError(thrown)
    logFailure(house, error, route, requestId)
    return toErrorResponse(error, requestId)
  }
}

/** `/{namespace}/{connectionId}` as the router spells it. */
const toPattern = (mount: string, route: RestRoute): string => {
  const named = `${mount}${route.path}`.replace(/\{(\w+)\}/g, ':$1')
  return route.takesRest ? `${named}{.+}` : named
}

/** Longer mounts first: at the root, `connect` would pass for a namespace. */
function byMount(routes: readonly RestRoute[]): { pattern: string; route: RestRoute }[] {
  const mounts = [...new Set(routes.flatMap((route) => route.mounts))].toSorted((one, other) => other.length - one.length)
  return mounts.flatMap((mount) =>
    routes.filter((route) => route.mounts.includes(mount)).map((route) => ({ pattern: toPattern(mount, route), route })),
  )
}

function refuseOtherMethods(app: Hono<RestEnvironment>, pattern: string, routes: readonly RestRoute[]): void {
  const error = methodNotAllowed([...new Set(routes.map((route) => route.method))])
  app.all(pattern, (c) => toErrorResponse(error, requestIdOf(c)))
}

export function createRestApp(house: House): Hono<RestEnvironment> {
  const app = new Hono<RestEnvironment>()
  const mounted = byMount(restRoutes)
  for (const pattern of new Set(mounted.map((each) => each.pattern))) {
    const routes = mounted.filter((each) => each.pattern === pattern).map(({ route }) => route)
    for (const route of routes) app.on(route.method, pattern, serve(house, route))
    refuseOtherMethods(app, pattern, routes)
  }
  app.notFound((c) => toErrorResponse(routeNotFound(), requestIdOf(c)))
  return app
}
