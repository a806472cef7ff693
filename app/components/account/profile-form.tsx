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
import { ROLES } from './roles.ts'

export interface ProfileFormProps {
  account: { name: string; email: string; role: MemberRole; organization: { name: string } }
  refusal: Refusal | undefined
}

export function ProfileForm({ account, refusal }: ProfileFormProps) {
  const isPending = useIsPending('rename')
  const own = refusal?.intent === 'rename' ? refusal : undefined
  const { beside, above } = placeProblem(own?.problem, ['name'])
  const { label, may } = ROLES[account.role]
  return (
    <Card title="You" description={`${label} of ${account.organization.name}: ${may}`}>
      <Form method="post" className="grid max-w-100 gap-4">
        {above && <ProblemNotice problem={above} />}
        <Field label="Name" error={beside('name')}>
          {(ids) => (
            <TextInput
              {...ids}
              key={account.name}
              name="name"
              autoComplete="name"
              maxLength={100}
              defaultValue={own?.typed.name ?? account.name}
              required
            />
          )}
        </Field>
        <Field label="Email" hint="You sign in with it. It cannot be changed: to have another, be invited with it.">
          {(ids) => <TextInput {...ids} type="email" autoComplete="username" value={account.email} readOnly className="bg-sunken text-muted" />}
        </Field>
        <div>
          <Button type="submit" name="intent" value="rename" pending={isPending}>
            Save name
          </Button>
        </div>
      </Form>
    </Card>
  )
}
