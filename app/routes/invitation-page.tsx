import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AcceptInvitation } from '../components/account/accept-invitation.tsx'
import { EntryFrame } from '../components/account/entry-frame.tsx'
import { refusalOf, textOf } from '../lib/run-intent.ts'
import { LinkButton } from '../ui/link-button.tsx'

export const meta: MetaFunction = () => [{ title: 'Invitation · Plugboard' }]

export async function loader({ context, params }: LoaderFunctionArgs) {
  const invitation = await context.account.findInvitation(params.token ?? '')
  const signedInAs = context.visitor?.email
  return data({ invitation, signedInAs }, { status: invitation ? 200 : 404 })
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const input = { token: params.token ?? '', name: textOf(form, 'name'), password: textOf(form, 'password') }
  try {
    const { setCookie } = await context.account.acceptInvitation(input)
    return redirect('/app', { headers: { 'Set-Cookie': setCookie } })
  } catch (error) {
    return refusalOf(context, form, error)
  }
}

export default function InvitationPage() {
  const { invitation, signedInAs } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()?.refusal
  if (invitation) return <AcceptInvitation invitation={invitation} signedInAs={signedInAs} refusal={refusal} />
  return (
    <EntryFrame
      title="This invitation no longer works"
      description="It was used, taken back or has expired. Ask whoever sent it for a new one; if you used it yourself, sign in."
    >
      <LinkButton to={signedInAs === undefined ? '/sign-in' : '/app'} variant="primary" className="w-full">
        {signedInAs === undefined ? 'Sign in' : 'Open the console'}
      </LinkButton>
    </EntryFrame>
  )
}
