import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { EntryFrame } from '../../components/account/entry-frame.tsx'
import { AppConsent } from '../../components/oauth/app-consent.tsx'
import { pagePath } from '../../lib/page-path.ts'
import { textOf } from '../../lib/run-intent.ts'

export const meta: MetaFunction = () => [{ title: 'Let an app in · Plugboard' }]

/** Where MCP clients send people (RFC 6749 §4.1.1). Looking changes nothing. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const url = new URL(request.url)
  const reading = await context.consent.visit(url.searchParams)
  if (reading.kind === 'returned') throw redirect(reading.location, { status: 303 })
  if (reading.kind === 'refused') return data({ asked: undefined, problem: reading.problem }, { status: reading.problem?.status ?? 400 })
  if (reading.kind === 'signed_out' || !context.visitor) {
    throw redirect(`/sign-in?${new URLSearchParams({ to: pagePath(url) + url.search })}`)
  }
  const { name, email, organization } = context.visitor
  return data({ asked: { visit: reading.visit, person: { name, email, organization: organization.name } }, problem: undefined })
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const form = await request.formData()
  const connectionIds = form.getAll('connection').filter((value) => typeof value === 'string')
  const [key, value] = [textOf(form, 'metadataKey').trim(), textOf(form, 'metadataValue').trim()]
  const metadata = key === '' && value === '' ? undefined : { key, value }
  try {
    const { consent } = context
    const allowed = textOf(form, 'decision') === 'allow'
    return redirect(await (allowed ? consent.allow(searchParams, { connectionIds, metadata }) : consent.refuse(searchParams)), { status: 303 })
  } catch (error) {
    const problem = context.explain(error)
    if (!problem) throw error
    return data({ problem, picked: { connectionIds, key, value } }, { status: problem.status })
  }
}

export default function AuthorizePage() {
  const { asked, problem } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (asked) return <AppConsent {...asked} problem={answer?.problem} picked={answer?.picked} />
  return (
    <EntryFrame title="This app cannot be let in" description={problem?.message}>
      <p>Nothing was given to the app.</p>
    </EntryFrame>
  )
}
