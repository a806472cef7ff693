import { Form, useSearchParams } from '@remix-run/react'
import { placeProblem } from '../../lib/place-problem.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { SecretInput } from '../../ui/secret-input.tsx'
import { DONE } from './done-notice.tsx'
import { PASSWORD_HINT } from './password-hint.ts'

export function PasswordForm({ email, refusal }: { email: string; refusal: Refusal | undefined }) {
  const isPending = useIsPending('change-password')
  const [search] = useSearchParams()
  const problem = refusal?.intent === 'change-password' ? refusal.problem : undefined
  const { beside, above } = placeProblem(problem, ['current', 'next'])
  return (
    <Card title="Password" description="Changing it signs out every other browser.">
      {/* A new key empties the fields once they did their work. */}
      <Form method="post" key={search.get(DONE)} className="grid max-w-100 gap-4">
        {above && <ProblemNotice problem={above} />}
        {/* For password managers: which account this is about. */}
        <input type="text" name="email" value={email} autoComplete="username" readOnly hidden />
        <Field label="Current password" error={beside('current')}>
          {(ids) => <SecretInput {...ids} name="current" autoComplete="current-password" required />}
        </Field>
        <Field label="New password" hint={PASSWORD_HINT} error={beside('next')}>
          {(ids) => <SecretInput {...ids} name="next" autoComplete="new-password" required />}
        </Field>
        <div>
          <Button type="submit" name="intent" value="change-password" pending={isPending}>
            Change password
          </Button>
        </div>
      </Form>
    </Card>
  )
}
