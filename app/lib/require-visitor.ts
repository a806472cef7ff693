import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import type { Visitor } from './load-context.ts'
import { signInPath } from './sign-in-path.ts'

/** Who looks at this page. @throws a redirect to the sign-in page, which leads back here */
export function requireVisitor({ request, context }: Pick<LoaderFunctionArgs, 'request' | 'context'>): Visitor {
  if (context.visitor) return context.visitor
  const isPage = request.method === 'GET' || request.method === 'HEAD'
  throw redirect(isPage ? signInPath(new URL(request.url)) : '/sign-in')
}
