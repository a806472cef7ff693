import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { type ShouldRevalidateFunctionArgs, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { NoConnection } from '../../components/playground/no-connection.tsx'
import { Playground } from '../../components/playground/playground.tsx'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { callByForm, checkByForm } from './call-by-form.ts'
import { loadNewest, loadTools, pickConnection } from './load-playground.ts'

export const meta: MetaFunction = () => [{ title: 'Playground · Plugboard' }]

const namespaceOf = ({ params }: Pick<LoaderFunctionArgs, 'params'>): string => params.namespace ?? ''
const connectionOf = (request: Request): string | undefined => new URL(request.url).searchParams.get('connection') ?? undefined

export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  const { context, request } = args
  const namespace = namespaceOf(args)
  const newest = await loadNewest(context, namespace)
  const { publicUrl } = context
  const { connection, problem } = await pickConnection(context, namespace, newest, connectionOf(request))
  const offered = connection && (await loadTools(context, { namespace, connectionId: connection.connectionId }))
  return { namespace, publicUrl, newest, connection, problem, offered }
}

export async function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  const { context, request } = args
  const form = await request.formData()
  const address = { namespace: namespaceOf(args), connectionId: connectionOf(request) ?? String(form.get('connection') ?? '') }
  const { pathname, search } = new URL(request.url)
  return form.get('intent') === 'check' ? checkByForm(context, address, `${pathname}${search}`) : callByForm(context, address, form)
}

/** Another tool of the same connection is known already: the server is not asked for its tools again. */
export function shouldRevalidate({ currentUrl, nextUrl, formMethod, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  const [before, after] = [currentUrl, nextUrl].map(({ pathname, searchParams }) => ({ pathname, connection: searchParams.get('connection'), tool: searchParams.get('tool') }))
  const onlyTool = before?.pathname === after?.pathname && before?.connection === after?.connection && before?.tool !== after?.tool
  return formMethod === undefined && onlyTool ? false : defaultShouldRevalidate
}

export default function PlaygroundPage() {
  const { namespace, newest, ...loaded } = useLoaderData<typeof loader>()
  const posted = useActionData<typeof action>()
  const [search] = useSearchParams()
  return (
    <>
      <PageHeader title="Playground" description="Call a tool of a connection and see exactly what comes back." />
      {newest.length === 0 ? (
        <NoConnection namespace={namespace} publicUrl={loaded.publicUrl} />
      ) : (
        <Playground {...loaded} namespace={namespace} newest={newest} toolName={search.get('tool') ?? undefined} posted={posted} />
      )}
    </>
  )
}
