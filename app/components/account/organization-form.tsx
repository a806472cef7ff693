import { Form } from '@remix-run/react'
import { placeProblem } from '../../lib/place-problem.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { TextInput } from '../../ui/text-input.tsx'

export function OrganizationForm({ name, refusal }: { name: string; refusal: Refusal | undefined }) {
  const isPending = useIsPending('rename-organization')
  const own = refusal?.intent === 'rename-organization' ? refusal : undefined
  const { beside, above } = placeProblem(own?.problem, ['name'])
  return (
    <Card title="Organization" description="Owns the namespaces, connections and API keys of all members.">
      <Form method="post" preventScrollReset className="grid max-w-100 gap-4">
        {above && <ProblemNotice problem={above} />}
        <Field label="Name" error={beside('name')}>
          {(ids) => (
            <TextInput {...ids} key={name} name="name" autoComplete="organization" maxLength={100} defaultValue={own?.typed.name ?? name} required />
          )}
        </Field>
        <div>
          <Button type="submit" name="intent" value="rename-organization" pending={isPending}>
            Save name
          </Button>
        </div>
      </Form>
    </Card>
  )
}
