// Everything under one namespace: a name that is none of ours ends here, and the last one is remembered.
import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { Outlet } from '@remix-run/react'
import type { Problem } from '../../lib/load-context.ts'
import { readNamespace, writeNamespace } from '../../lib/namespace-cookie.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'

const noSuchNamespace = (name: string, requestId: string): Problem => ({
  code: 'namespace.not_found',
  message: `Nothing in your organization is called ${name}. It may have been deleted, or the address is mistyped.`,
  status: 404,
  side: 'caller',
  field: undefined,
  upstreamText: undefined,
  retryAfterSeconds: undefined,
  requestId,
})

export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  const { request, context, params } = args
  const name = params.namespace ?? ''
  const namespaces = await context.api.namespaces.list()
  if (!namespaces.some((namespace) => namespace.name === name)) throw Response.json(noSuchNamespace(name, context.requestId), { status: 404 })
  return data(null, readNamespace(request) === name ? {} : { headers: { 'set-cookie': writeNamespace(name) } })
}

export default function NamespaceLayout() {
  return <Outlet />
}
