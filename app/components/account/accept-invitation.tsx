import { Form, useNavigation } from '@remix-run/react'
import type { OpenInvitation } from '../../lib/load-context.ts'
import { placeProblem } from '../../lib/place-problem.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SecretInput } from '../../ui/secret-input.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { EntryProblem } from './entry-problem.tsx'
import { PASSWORD_HINT } from './password-hint.ts'
import { ROLES } from './roles.ts'

export interface AcceptInvitationProps {
  invitation: OpenInvitation
  signedInAs: string | undefined
  refusal: Refusal | undefined
}

export function AcceptInvitation({ invitation, signedInAs, refusal }: AcceptInvitationProps) {
  const { email, organization, role, invitedBy } = invitation
  const isPending = useNavigation().formMethod === 'POST'
  const { beside, above } = placeProblem(refusal?.problem, ['name', 'password'])
  return (
    <EntryFrame
      title={`Join ${organization}`}
      description={
        <>
          {invitedBy ?? 'A former member'} invited you as <strong className="font-medium text-ink">{ROLES[role].label.toLowerCase()}</strong>: {ROLES[role].may}
        </>
      }
    >
      <Form method="post" className="grid gap-4">
        {above && <EntryProblem problem={above} />}
        {signedInAs !== undefined && <Notice tone="warn">This browser is signed in as {signedInAs}. Joining signs it in as {email}.</Notice>}
        <Field label="Email" hint="You will sign in with it.">
          {(ids) => <TextInput {...ids} type="email" autoComplete="username" value={email} readOnly className="bg-sunken text-muted" />}
        </Field>
        <Field label="Your name" error={beside('name')}>
          {(ids) => <TextInput {...ids} name="name" autoComplete="name" maxLength={100} defaultValue={refusal?.typed.name} required />}
        </Field>
        <Field label="Password" hint={PASSWORD_HINT} error={beside('password')}>
          {(ids) => <SecretInput {...ids} name="password" autoComplete="new-password" required />}
        </Field>
        <Button type="submit" variant="primary" pending={isPending} className="mt-2 w-full">
          Join
        </Button>
      </Form>
    </EntryFrame>
  )
}
