import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { EntryFrame } from '../components/account/entry-frame.tsx'
import { EntryProblem } from '../components/account/entry-problem.tsx'
import { pathOnThisSite } from '../lib/path-on-this-site.ts'
import { placeProblem } from '../lib/place-problem.ts'
import { refusalOf, textOf } from '../lib/run-intent.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { SecretInput } from '../ui/secret-input.tsx'
import { TextInput } from '../ui/text-input.tsx'

export const meta: MetaFunction = () => [{ title: 'Sign in · Plugboard' }]

const destinationOf = ({ request }: LoaderFunctionArgs) => pathOnThisSite(new URL(request.url).searchParams.get('to'), '/app')

export async function loader(args: LoaderFunctionArgs) {
  if (args.context.visitor) throw redirect(destinationOf(args))
  if (await args.context.account.needsOwner()) throw redirect('/welcome')
  return { isGoingSomewhere: destinationOf(args) !== '/app' }
}

export async function action(args: ActionFunctionArgs) {
  const form = await args.request.formData()
  try {
    const { setCookie } = await args.context.account.signIn({ email: textOf(form, 'email'), password: textOf(form, 'password') })
    return redirect(destinationOf(args), { headers: { 'Set-Cookie': setCookie } })
  } catch (error) {
    return refusalOf(args.context, form, error)
  }
}

export default function SignInPage() {
  const { isGoingSomewhere } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()?.refusal
  const isPending = useNavigation().formMethod === 'POST'
  const { beside, above } = placeProblem(refusal?.problem, ['email', 'password'])
  return (
    <EntryFrame
      title="Sign in"
      description={isGoingSomewhere ? 'After that you are taken to the page that you asked for.' : undefined}
      footer="No account, or no password any more? An owner or admin of your organization can invite you."
    >
      <Form method="post" className="grid gap-4">
        {above && <EntryProblem problem={above} />}
        <Field label="Email" error={beside('email')}>
          {(ids) => (
            <TextInput {...ids} name="email" type="email" autoComplete="username" defaultValue={refusal?.typed.email} required />
          )}
        </Field>
        <Field label="Password" error={beside('password')}>
          {(ids) => <SecretInput {...ids} name="password" autoComplete="current-password" required />}
        </Field>
        <Button type="submit" variant="primary" pending={isPending} className="mt-2 w-full">
          Sign in
        </Button>
      </Form>
    </EntryFrame>
  )
}
