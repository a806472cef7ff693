import { type ActionFunctionArgs, data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { EntryFrame } from '../../components/account/entry-frame.tsx'
import { ConsentForm } from '../../components/setup/consent-form.tsx'

export const meta: MetaFunction = () => [{ title: 'Connect · Plugboard' }]

/** The address of this page is a key of its own: it goes to nobody. */
export const headers: HeadersFunction = () => ({ 'referrer-policy': 'same-origin', 'cache-control': 'no-store' })

export async function loader({ context, params }: LoaderFunctionArgs) {
  const visit = await context.setup.visit(params.token ?? '')
  return data({ visit }, { status: visit ? 200 : 404 })
}

export async function action({ context, params }: ActionFunctionArgs) {
  try {
    const { location, setCookie } = await context.setup.begin(params.token ?? '')
    return redirect(location, { status: 303, headers: { 'Set-Cookie': setCookie } })
  } catch (error) {
    const problem = context.explain(error)
    if (!problem) throw error
    return data({ problem }, { status: problem.status })
  }
}

export default function SetupPage() {
  const { visit } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()?.problem ?? visit?.problem
  if (visit) return <ConsentForm visit={visit} problem={problem} />
  return (
    <EntryFrame title="This link no longer works" description="It was used, has expired, or what it was for is gone.">
      <p>Go back to the app and ask it to connect again: it makes a new link.</p>
    </EntryFrame>
  )
}
