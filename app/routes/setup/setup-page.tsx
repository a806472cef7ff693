import { type ActionFunctionArgs, data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { EntryFrame } from '../../components/account/entry-frame.tsx'
import { ConsentForm } from '../../components/setup/consent-form.tsx'
import { textOf } from '../../lib/run-intent.ts'

export const meta: MetaFunction = () => [{ title: 'Connect · Plugboard' }]

/** The address of this page is a key of its own: no other site hears it, and no cache keeps the page. */
export const headers: HeadersFunction = () => ({ 'referrer-policy': 'same-origin', 'cache-control': 'no-store' })

export async function loader({ context, params }: LoaderFunctionArgs) {
  const visit = await context.setup.visit(params.token ?? '')
  return data({ visit }, { status: visit ? 200 : 404 })
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const client = form.has('clientId') ? { clientId: textOf(form, 'clientId'), clientSecret: textOf(form, 'clientSecret') } : undefined
  try {
    const { location, setCookie } = await context.setup.begin(params.token ?? '', client)
    return redirect(location, { status: 303, headers: { 'Set-Cookie': setCookie } })
  } catch (error) {
    const problem = context.explain(error)
    if (!problem) throw error
    return data({ problem, clientId: client?.clientId }, { status: problem.status })
  }
}

export default function SetupPage() {
  const { visit } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (visit) return <ConsentForm visit={visit} problem={answer?.problem ?? visit.problem} typedClientId={answer?.clientId} />
  return (
    <EntryFrame title="This link no longer works" description="It was used, has expired, or what it was for is gone.">
      <p>Go back to the app and ask it to connect again: it makes a new link.</p>
    </EntryFrame>
  )
}
