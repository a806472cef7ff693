import { Form, useNavigate } from '@remix-run/react'
import { placeProblem } from '../../lib/place-problem.ts'
import type { Refusal } from '../../lib/run-intent.ts'
import { useHydrated } from '../../lib/use-hydrated.ts'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { TextInput } from '../../ui/text-input.tsx'

const PAGE = '/app/settings/namespaces'

export interface DeleteNamespaceProps {
  name: string
  connections: number
  refusal: Refusal | undefined
}

function whatGoes(connections: number): string {
  const counted = connections === 1 ? '1 connection' : `${connections} connections`
  const what = connections === 0 ? 'It has no connections.' : `With it go ${counted}, their credentials and their open sessions.`
  return `${what} Nobody else can take the name, and nothing brings the contents back.`
}

function DeleteForm({ name, refusal }: Omit<DeleteNamespaceProps, 'connections'>) {
  const isPending = useIsPending('delete-namespace')
  const problem = refusal?.intent === 'delete-namespace' ? refusal.problem : undefined
  const { beside, above } = placeProblem(problem, ['confirmation'])
  return (
    <Form method="post" preventScrollReset className="grid gap-4">
      <input type="hidden" name="id" value={name} />
      {above && <ProblemNotice problem={above} />}
      <Field
        label={
          <>
            Type <code className="font-mono text-code">{name}</code> to delete it
          </>
        }
        error={beside('confirmation')}
      >
        {(ids) => <TextInput {...ids} code name="confirmation" autoComplete="off" required />}
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        <LinkButton to={PAGE} preventScrollReset>
          Cancel
        </LinkButton>
        <Button type="submit" name="intent" value="delete-namespace" variant="danger" pending={isPending}>
          Delete namespace
        </Button>
      </div>
    </Form>
  )
}

/** The question has an address, so it can be asked without JavaScript too; with it, it is a dialog. */
export function DeleteNamespace({ name, connections, refusal }: DeleteNamespaceProps) {
  const navigate = useNavigate()
  const title = `Delete ${name}?`
  const form = <DeleteForm name={name} refusal={refusal} />
  if (!useHydrated()) {
    return (
      <Card title={title} description={whatGoes(connections)}>
        {form}
      </Card>
    )
  }
  return (
    <Dialog open onOpenChange={() => navigate(PAGE, { preventScrollReset: true })} title={title} description={whatGoes(connections)}>
      {form}
    </Dialog>
  )
}
