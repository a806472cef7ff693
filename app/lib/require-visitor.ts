import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import type { Visitor } from './load-context.ts'

/** Where a page is, as a path of ours. Remix asks for the data of a page at `…/path.data`. */
function pathOf(url: URL): string {
  const search = new URLSearchParams(url.search)
  search.delete('_routes')
  const path = url.pathname.replace(/\.data$/, '')
  return search.size > 0 ? `${path}?${search}` : path
}

/** Who looks at this page. @throws a redirect to the sign-in page, which leads back here */
export function requireVisitor({ request, context }: Pick<LoaderFunctionArgs, 'request' | 'context'>): Visitor {
  if (context.visitor) return context.visitor
  const isPage = request.method === 'GET' || request.method === 'HEAD'
  throw redirect(isPage ? `/sign-in?to=${encodeURIComponent(pathOf(new URL(request.url)))}` : '/sign-in')
}
