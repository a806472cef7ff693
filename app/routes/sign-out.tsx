import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData, useNavigation } from '@remix-run/react'
import { EntryFrame } from '../components/account/entry-frame.tsx'
import { Button } from '../ui/button.tsx'

export const meta: MetaFunction = () => [{ title: 'Sign out · Plugboard' }]

export function loader({ context }: LoaderFunctionArgs) {
  if (!context.visitor) throw redirect('/sign-in')
  return { email: context.visitor.email }
}

export async function action({ context }: ActionFunctionArgs) {
  const { setCookie } = await context.account.signOut()
  return redirect('/sign-in', { headers: { 'Set-Cookie': setCookie } })
}

/** Whoever follows a link here is asked first: a link must not sign anybody out. */
export default function SignOutPage() {
  const { email } = useLoaderData<typeof loader>()
  const isPending = useNavigation().formMethod === 'POST'
  return (
    <EntryFrame
      title="Sign out?"
      description={`You are signed in as ${email}. Other browsers stay signed in.`}
      footer={
        <Link to="/app" className="link">
          Back to the console
        </Link>
      }
    >
      <Form method="post">
        <Button type="submit" variant="primary" pending={isPending} className="w-full">
          Sign out
        </Button>
      </Form>
    </EntryFrame>
  )
}
