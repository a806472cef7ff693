import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { answerForm } from '../../components/connections/answer-form.ts'
import { ClientChoice } from '../../components/connections/client-choice.tsx'
import { FilingFields, HeaderRows, UrlField } from '../../components/connections/connection-fields.tsx'
import { connectionsPath } from '../../lib/connection-paths.ts'
import { fieldError, formError } from '../../components/connections/field-error.ts'
import { FormButtons } from '../../components/connections/form-buttons.tsx'
import { emptyValues } from '../../components/connections/form-values.ts'
import { FromYourBackend } from '../../components/connections/from-your-backend.tsx'
import { headersOf, readConnectionForm } from '../../components/connections/read-connection-form.ts'
import { clientUntestable } from '../../components/connections/machine-client.ts'
import { saveNewConnection } from '../../components/connections/save-new-connection.ts'
import { SecretsLeftOut } from '../../components/connections/secrets-left-out.tsx'
import { TestOutcome } from '../../components/connections/test-outcome.tsx'
import { useConnectionForm } from '../../components/connections/use-connection-form.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { TextInput } from '../../ui/text-input.tsx'

export const meta: MetaFunction = () => [{ title: 'Add connection · Plugboard' }]

export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  return { namespace: args.params.namespace ?? '', publicUrl: args.context.publicUrl }
}

export async function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  const { context, params, request } = args
  const namespace = params.namespace ?? ''
  const form = readConnectionForm(await request.formData())
  return answerForm(context, form, async () => {
    if (form.intent === 'save') return saveNewConnection(context, namespace, form)
    if (form.clientChange === 'replace') return { problem: clientUntestable(context.requestId) }
    return { outcome: await context.api.connections.try({ namespace, mcpUrl: form.mcpUrl, headers: headersOf(form) }) }
  })
}

export default function AddConnectionPage() {
  const { namespace, publicUrl } = useLoaderData<typeof loader>()
  const { Form, answer, pending, stale, markStale } = useConnectionForm()
  const values = answer?.values ?? emptyValues
  const problem = answer?.problem
  return (
    <>
      <PageHeader
        title="Add connection"
        description="Point at any MCP server that speaks Streamable HTTP or HTTP+SSE."
        breadcrumbs={[{ to: connectionsPath(namespace), label: 'Connections' }]}
      />
      <div className="grid items-start gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,40rem)_minmax(0,1fr)]">
        <Form method="post" onChange={markStale} className="grid max-w-160 min-w-0 gap-6">
          <Card title="Server">
            <div className="grid gap-5">
              <UrlField values={values} problem={problem} />
              <HeaderRows values={values} problem={problem} />
              <ClientChoice
                values={values}
                problem={problem}
                keep={{ label: 'As the server asks', hint: 'With the headers above, or, where it asks for OAuth, by a person who opens a link.' }}
                replace="By itself, with a client of its own"
              />
            </div>
          </Card>
          <Card title="How you find it">
            <div className="grid gap-5">
              <FilingFields values={values} problem={problem}>
                <Field
                  label="Connection id"
                  optional
                  error={fieldError(problem, 'connectionId')}
                  hint="What your app calls it by: letters, digits, - and _. Left empty, one is made up."
                >
                  {(ids) => (
                    <TextInput
                      {...ids}
                      code
                      name="connectionId"
                      pattern="[A-Za-z0-9_\-]{1,64}"
                      maxLength={64}
                      autoComplete="off"
                      placeholder="github-ada"
                      defaultValue={values.connectionId}
                    />
                  )}
                </Field>
              </FilingFields>
            </div>
          </Card>
          <TestOutcome pending={pending === 'test'} outcome={answer?.outcome} problem={formError(problem)} stale={stale} />
          <SecretsLeftOut answer={answer} />
          <FormButtons saveLabel="Save connection" pending={pending} />
        </Form>
        <FromYourBackend namespace={namespace} publicUrl={publicUrl} />
      </div>
    </>
  )
}
