import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { isAdministrator } from '../../components/account/roles.ts'
import { readWebhookForm } from '../../components/webhooks/read-webhook-form.ts'
import { SecretOnce } from '../../components/webhooks/secret-once.tsx'
import { WebhookFields } from '../../components/webhooks/webhook-fields.tsx'
import { namespacePath } from '../../lib/connection-paths.ts'
import { placeProblem } from '../../lib/place-problem.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { refuseField, runIntent, textOf } from '../../lib/run-intent.ts'
import { useHydrated } from '../../lib/use-hydrated.ts'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { webhookPath, webhooksPath } from '../../lib/webhook-paths.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'

export const meta: MetaFunction = () => [{ title: 'Add webhook endpoint · Plugboard' }]

export async function loader(args: LoaderFunctionArgs) {
  const { role } = requireVisitor(args)
  const namespace = args.params.namespace ?? ''
  if (!isAdministrator(role)) throw redirect(namespacePath(namespace))
  return { namespace, count: (await args.context.api.webhooks.list({ namespace })).webhooks.length }
}

export function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  const { webhooks } = args.context.api
  const namespace = args.params.namespace ?? ''
  return runIntent(args, {
    async 'add-webhook'(form) {
      if (form.has('count') && String((await webhooks.list({ namespace })).webhooks.length) !== textOf(form, 'count')) {
        return refuseField(args.context, form, 'url', 'This form was sent before, or somebody else added an endpoint meanwhile: look at the list. To add another, send it again.')
      }
      const { id, secret } = await webhooks.create({ namespace, ...readWebhookForm(form) })
      return { made: { id, secret }, refusal: undefined }
    },
  })
}

export default function AddWebhookPage() {
  const { namespace, count } = useLoaderData<typeof loader>()
  const outcome = useActionData<typeof action>()
  const isPending = useIsPending('add-webhook')
  const isHydrated = useHydrated()
  const made = outcome && 'made' in outcome ? outcome.made : undefined
  const { beside, above } = placeProblem(outcome?.refusal?.problem, ['url', 'description', 'events'])
  return (
    <>
      <PageHeader title="Add endpoint" breadcrumbs={[{ to: webhooksPath(namespace), label: 'Webhooks' }]} />
      <div className="grid max-w-160 min-w-0 gap-4">
        {made ? (
          <>
            <SecretOnce
              title="The endpoint is there"
              description="Keep its secret where your app keeps such things. When you leave this page, nobody can show it again."
              secret={made.secret}
            />
            <div>
              <LinkButton to={webhookPath(namespace, made.id)} variant="primary">
                To the endpoint, and a first test
              </LinkButton>
            </div>
          </>
        ) : (
          <Card>
            <Form method="post" className="grid gap-5">
              {above && <ProblemNotice problem={above} />}
              <WebhookFields typed={outcome?.refusal?.typed} beside={beside} />
              {/* Reloading the page that shows a secret sends its form again. Where scripts run, nothing does. */}
              {!isHydrated && <input type="hidden" name="count" value={count} />}
              <div className="flex flex-wrap gap-2">
                <Button type="submit" name="intent" value="add-webhook" variant="primary" pending={isPending}>
                  Add endpoint
                </Button>
                <LinkButton to={webhooksPath(namespace)}>Cancel</LinkButton>
              </div>
            </Form>
          </Card>
        )}
      </div>
    </>
  )
}
