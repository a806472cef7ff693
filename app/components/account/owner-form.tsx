import { Form, useNavigation } from '@remix-run/react'
import { placeProblem } from '../../lib/place-problem.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { SecretInput } from '../../ui/secret-input.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { EntryProblem } from './entry-problem.tsx'
import { PASSWORD_HINT } from './password-hint.ts'

const FIELDS = ['setupCode', 'organization', 'namespace', 'name', 'email', 'password']

const code = (text: string) => <code className="font-mono text-code text-ink">{text}</code>

const whereTheCodeIs = (codeFile: string | undefined) => (
  <>Plugboard wrote it to its log when it started, and to {codeFile === undefined ? <>the file {code('setup-code')} in its data directory</> : code(codeFile)}.</>
)

/** The first page of an installation: whoever can read its log becomes its owner. */
export function OwnerForm({ codeFile, refusal }: { codeFile: string | undefined; refusal: Refusal | undefined }) {
  const isPending = useNavigation().formMethod === 'POST'
  const problem = refusal?.problem
  const { beside, above } = placeProblem(problem && { ...problem, field: problem.code === 'namespace.taken' ? 'namespace' : problem.field }, FIELDS)
  const typed = refusal?.typed ?? {}
  return (
    <EntryFrame title="Welcome to Plugboard" description="This installation has no owner yet. The setup code shows that it is yours.">
      <Form method="post" className="grid gap-6">
        {above && <EntryProblem problem={above} />}
        <Field label="Setup code" hint={whereTheCodeIs(codeFile)} error={beside('setupCode')}>
          {(ids) => (
            <TextInput {...ids} code name="setupCode" autoComplete="off" required />
          )}
        </Field>
        <fieldset className="grid gap-4 border-t border-line pt-6">
          <legend className="sr-only">What it is for</legend>
          <Field label="Organization" hint="Your company or team." error={beside('organization')}>
            {(ids) => (
              <TextInput {...ids} name="organization" autoComplete="organization" maxLength={100} defaultValue={typed.organization} required />
            )}
          </Field>
          <Field label="Namespace" hint="Where connections are kept: one per app or environment. It stands in their URLs." error={beside('namespace')}>
            {(ids) => (
              <TextInput {...ids} code name="namespace" autoComplete="off" maxLength={39} defaultValue={typed.namespace ?? 'demo'} required />
            )}
          </Field>
        </fieldset>
        <fieldset className="grid gap-4 border-t border-line pt-6">
          <legend className="sr-only">Who you are</legend>
          <Field label="Your name" error={beside('name')}>
            {(ids) => <TextInput {...ids} name="name" autoComplete="name" maxLength={100} defaultValue={typed.name} required />}
          </Field>
          <Field label="Email" hint="You sign in with it; nothing is sent to it." error={beside('email')}>
            {(ids) => <TextInput {...ids} name="email" type="email" autoComplete="username" maxLength={254} defaultValue={typed.email} required />}
          </Field>
          <Field label="Password" hint={PASSWORD_HINT} error={beside('password')}>
            {(ids) => <SecretInput {...ids} name="password" autoComplete="new-password" required />}
          </Field>
        </fieldset>
        <Button type="submit" variant="primary" pending={isPending} className="w-full">
          Create owner and API key
        </Button>
      </Form>
    </EntryFrame>
  )
}
