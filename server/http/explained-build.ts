// What a page's loader or action did not catch, but the house foresaw, becomes an answer with its own status, and
// a page that says what happened. Here once, so that no page can forget it and turn a 404 into a 500.
import type { ServerBuild } from '@remix-run/node'
import type { PageContext } from './page-context.ts'

type RouteModule = NonNullable<ServerBuild['routes'][string]>['module']
type Handler = NonNullable<RouteModule['loader']>

const explained =
  (handler: Handler): Handler =>
  async (args) => {
    try {
      return await handler(args)
    } catch (thrown) {
      // An answer that was thrown (a redirect, a 404) is no error.
      if (thrown instanceof Response) throw thrown
      const problem = (args.context as unknown as PageContext).explain(thrown)
      throw problem ? Response.json(problem, { status: problem.status }) : thrown
    }
  }

function explainedModule(module: RouteModule): RouteModule {
  const { loader, action } = module
  return { ...module, ...(loader && { loader: explained(loader) }), ...(action && { action: explained(action) }) }
}

export const explainedBuild = (build: ServerBuild): ServerBuild => ({
  ...build,
  routes: Object.fromEntries(Object.entries(build.routes).map(([id, route]) => [id, route && { ...route, module: explainedModule(route.module) }])),
})
