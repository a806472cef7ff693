// The REST door: the dialect that apps of a hosted service already speak, and our own routes beside it.
// Finds the route of a request; `answer-request.ts` does the rest.
import { Hono, type Context as HonoContext } from 'hono'
import type { House } from '../context/context.ts'
import { newRequestId } from '../lib/ids.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import { toErrorResponse, toResponse } from './answer.ts'
import { answerRequest } from './answer-request.ts'
import { answerStream } from './answer-stream.ts'
import { methodNotAllowed, routeNotFound } from './rest-errors.ts'
import { restRoutes } from './rest-routes.ts'
import type { RestRoute } from './route.ts'

export interface RestEnvironment {
  Bindings: {
    /** Given by whoever writes the access log; made up here otherwise. */
    requestId?: string
    readOrigin?: ReadOrigin
  }
}

type RestContext = HonoContext<RestEnvironment>

// Without a second argument to fetch() Hono has no bindings at all.
const bindingsOf = (c: RestContext): RestEnvironment['Bindings'] => (c.env as RestEnvironment['Bindings'] | undefined) ?? {}
const requestIdOf = (c: RestContext): string => bindingsOf(c).requestId ?? newRequestId()

const serve = (house: House, route: RestRoute) => async (c: RestContext) => {
  const routed = { request: c.req.raw, params: c.req.param(), requestId: requestIdOf(c), readOrigin: bindingsOf(c).readOrigin }
  return 'stream' in route ? answerStream(house, route, routed) : toResponse(await answerRequest(house, route, routed))
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
