import { Form } from '@remix-run/react'
import { placeProblem } from '../../lib/place-problem.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { TextInput } from '../../ui/text-input.tsx'

export function NamespaceForm({ refusal }: { refusal: Refusal | undefined }) {
  const isPending = useIsPending('create-namespace')
  const own = refusal?.intent === 'create-namespace' ? refusal : undefined
  const problem = own && { ...own.problem, field: own.problem.code === 'namespace.taken' ? 'name' : own.problem.field }
  const { beside, above } = placeProblem(problem, ['name'])
  return (
    <Card title="Create a namespace">
      <Form method="post" preventScrollReset className="grid max-w-100 gap-4">
        {above && <ProblemNotice problem={above} />}
        <Field
          optional
          label="Name"
          hint="3 to 39 lower case letters, digits and hyphens. It stands in URLs and cannot be changed; without one, a name is made up."
          error={beside('name')}
        >
          {(ids) => <TextInput {...ids} code name="name" autoComplete="off" maxLength={39} placeholder="my-app" defaultValue={own?.typed.name} />}
        </Field>
        <div>
          <Button type="submit" name="intent" value="create-namespace" pending={isPending}>
            Create namespace
          </Button>
        </div>
      </Form>
    </Card>
  )
}
