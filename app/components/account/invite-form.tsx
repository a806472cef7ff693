import { Form } from '@remix-run/react'
import type { MemberRole } from '../../lib/load-context.ts'
import { placeProblem } from '../../lib/place-problem.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { KeyOnce } from './key-once.tsx'
import { RoleSelect } from './role-select.tsx'

export interface InviteFormProps {
  viewerRole: MemberRole
  /** The invitation that was just made. */
  invited: { email: string; url: string } | undefined
  refusal: Refusal | undefined
}

export function InviteForm({ viewerRole, invited, refusal }: InviteFormProps) {
  const isPending = useIsPending('invite')
  const own = refusal?.intent === 'invite' ? refusal : undefined
  const { beside, above } = placeProblem(own?.problem, ['email', 'role'])
  return (
    <Card title="Invite somebody" description="You get a link to pass on. It works once, for whoever opens it; Plugboard sends no mail.">
      <div className="grid gap-4">
        {invited && (
          <div className="grid gap-2">
            <KeyOnce label={`Invitation link for ${invited.email}`} value={invited.url} />
            <p className="text-small text-muted">Pass it on yourself. It is shown this once, and listed below without its secret.</p>
          </div>
        )}
        {above && <ProblemNotice problem={above} />}
        {/* A new key empties the field once the invitation is made. */}
        <Form method="post" key={invited?.url} preventScrollReset className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_9rem_auto]">
          <Field label="Email" error={beside('email')}>
            {(ids) => (
              <TextInput
                {...ids}
                name="email"
                type="email"
                autoComplete="off"
                maxLength={254}
                placeholder="name@example.com"
                defaultValue={own?.typed.email}
                required
              />
            )}
          </Field>
          <Field label="Role" error={beside('role')}>
            {(ids) => <RoleSelect {...ids} viewerRole={viewerRole} defaultValue={own?.typed.role ?? 'member'} />}
          </Field>
          <Button type="submit" name="intent" value="invite" variant="primary" pending={isPending} className="sm:mt-6.5">
            Create link
          </Button>
        </Form>
      </div>
    </Card>
  )
}
