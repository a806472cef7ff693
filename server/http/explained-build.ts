// What a page's loader or action did not catch, but the house foresaw, becomes an answer with its own status, and
// a page that says what happened. Here once, so that no page can forget it and turn a 404 into a 500.
import type { ServerBuild } from '@remix-run/node'
import { AppError } from '../lib/app-error.ts'
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

/** All that our pages send (HTML §4.10.21.3), and it can always be read. */
const isForm = (contentType: string | null): boolean => /^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? '')

/** Actions read fields at once: what has none would fail in there as if it were our mistake. */
const formsOnly =
  (handler: Handler): Handler =>
  async (args) => {
    if (!isForm(args.request.headers.get('content-type'))) throw notAForm()
    return handler(args)
  }

const notAForm = () =>
  new AppError({ code: 'http.not_a_form', kind: 'unsupported_media_type', message: 'Send the fields of a page as a form does: application/x-www-form-urlencoded.' })

function explainedModule(module: RouteModule): RouteModule {
  const { loader, action } = module
  return { ...module, ...(loader && { loader: explained(loader) }), ...(action && { action: explained(formsOnly(action)) }) }
}

export const explainedBuild = (build: ServerBuild): ServerBuild => ({
  ...build,
  routes: Object.fromEntries(Object.entries(build.routes).map(([id, route]) => [id, route && { ...route, module: explainedModule(route.module) }])),
})
