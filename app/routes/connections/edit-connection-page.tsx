import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { answerForm } from '../../components/connections/answer-form.ts'
import { addressOf } from '../../components/connections/connection-address.ts'
import { ClientChoice } from '../../components/connections/client-choice.tsx'
import { FilingFields } from '../../components/connections/connection-fields.tsx'
import { connectionsPath } from '../../lib/connection-paths.ts'
import { formError } from '../../components/connections/field-error.ts'
import { FixedUrl } from '../../components/connections/fixed-url.tsx'
import { FormButtons } from '../../components/connections/form-buttons.tsx'
import { valuesOfConnection } from '../../components/connections/form-values.ts'
import { HeaderChoice } from '../../components/connections/header-choice.tsx'
import { MACHINE_GRANTS } from '../../components/connections/machine-grants.ts'
import { readConnectionForm } from '../../components/connections/read-connection-form.ts'
import { saveChanges, testChanges } from '../../components/connections/save-changes.ts'
import { SecretsLeftOut } from '../../components/connections/secrets-left-out.tsx'
import { TestOutcome } from '../../components/connections/test-outcome.tsx'
import { useConnectionForm } from '../../components/connections/use-connection-form.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { Card } from '../../ui/card.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Edit ${data?.connection.name ?? 'connection'} · Plugboard` }]

export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  const { connections } = args.context.api
  const address = addressOf(args)
  const [connection, credential] = await Promise.all([connections.get(address), connections.credential(address)])
  return { namespace: address.namespace, connection, headerNames: credential.headerNames }
}

export async function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  const address = addressOf(args)
  const form = readConnectionForm(await args.request.formData())
  return answerForm(args.context, form, () => (form.intent === 'test' ? testChanges : saveChanges)(args.context, address, form))
}

export default function EditConnectionPage() {
  const { namespace, connection, headerNames } = useLoaderData<typeof loader>()
  const { Form, answer, pending, stale, markStale } = useConnectionForm()
  const values = answer?.values ?? valuesOfConnection(connection, headerNames)
  const problem = answer?.problem
  return (
    <Form method="post" onChange={markStale} className="grid max-w-160 gap-6">
      <Card title="Server">
        <div className="grid gap-5">
          <FixedUrl mcpUrl={connection.mcpUrl} addPath={`${connectionsPath(namespace)}/new`} />
          <HeaderChoice values={values} storedNames={headerNames} problem={problem} />
          <ClientChoice
            values={values}
            problem={problem}
            keep={
              connection.machineGrant
                ? { label: 'Keep its client', hint: `It signs in by itself, with ${MACHINE_GRANTS[connection.machineGrant]}.` }
                : { label: 'Leave it at that', hint: 'With the headers above, or by a person who opens a link.' }
            }
            replace={connection.machineGrant ? 'Replace its client' : 'By itself, with a client of its own'}
          />
        </div>
      </Card>
      <Card title="How you find it">
        <div className="grid gap-5">
          <FilingFields values={values} problem={problem} />
        </div>
      </Card>
      <TestOutcome pending={pending === 'test'} outcome={answer?.outcome} problem={formError(problem)} stale={stale} />
      <SecretsLeftOut answer={answer} />
      <FormButtons saveLabel="Save changes" pending={pending} />
    </Form>
  )
}
