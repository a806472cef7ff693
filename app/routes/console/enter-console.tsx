// The way in: to the namespace of last time, else to the first, else to where one is made.
import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { lastNamespaceOf } from '../../lib/namespace-cookie.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'

export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  const names = (await args.context.api.namespaces.list()).map(({ name }) => name)
  const next = lastNamespaceOf(args.request, names)
  return redirect(next === undefined ? '/app/settings/namespaces' : `/app/${encodeURIComponent(next)}`)
}

export default function EnterConsole() {
  return null
}
