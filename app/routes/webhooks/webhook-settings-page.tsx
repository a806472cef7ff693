import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { ConfirmIntent } from '../../components/account/confirm-intent.tsx'
import { DoneNotice } from '../../components/account/done-notice.tsx'
import { IntentButton } from '../../components/account/intent-button.tsx'
import { readWebhookForm } from '../../components/webhooks/read-webhook-form.ts'
import { SecretOnce } from '../../components/webhooks/secret-once.tsx'
import { WebhookFields } from '../../components/webhooks/webhook-fields.tsx'
import { useWebhook } from '../../components/webhooks/webhook-outlet.ts'
import { placeProblem } from '../../lib/place-problem.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { runIntent } from '../../lib/run-intent.ts'
import { useIsPending } from '../../lib/use-is-pending.ts'
import { webhookPath, webhooksPath } from '../../lib/webhook-paths.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'

export const meta: MetaFunction = () => [{ title: 'Webhook settings · Plugboard' }]

const DONE_SENTENCES = {
  saved: 'The endpoint is changed.',
  on: 'The endpoint is switched on. What waited is being delivered.',
  off: 'The endpoint is switched off.',
}

export function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  return null
}

export function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  const { webhooks } = args.context.api
  const { namespace = '', webhookId = '' } = args.params
  const doneWith = (done: keyof typeof DONE_SENTENCES) => redirect(`${webhookPath(namespace, webhookId)}/settings?done=${done}`)
  return runIntent(args, {
    async 'save-webhook'(form) {
      await webhooks.update({ webhookId, ...readWebhookForm(form) })
      return doneWith('saved')
    },
    async 'rotate-secret'() {
      return { secret: (await webhooks.rotateSecret({ webhookId })).secret, refusal: undefined }
    },
    async 'switch-on'() {
      await webhooks.update({ webhookId, enabled: true })
      return doneWith('on')
    },
    async 'switch-off'() {
      await webhooks.update({ webhookId, enabled: false })
      return doneWith('off')
    },
    async 'delete-webhook'() {
      await webhooks.delete({ webhookId })
      return redirect(`${webhooksPath(namespace)}?done=deleted`)
    },
  })
}

export default function WebhookSettingsPage() {
  const webhook = useWebhook()
  const outcome = useActionData<typeof action>()
  const isPending = useIsPending('save-webhook')
  const refusal = outcome?.refusal
  const own = refusal?.intent === 'save-webhook' ? refusal : undefined
  const { beside, above } = placeProblem(refusal?.problem, own ? ['url', 'description', 'events'] : [])
  return (
    <div className="grid max-w-160 min-w-0 gap-4">
      <DoneNotice sentences={DONE_SENTENCES} />
      {above && <ProblemNotice problem={above} />}
      {outcome && 'secret' in outcome && outcome.secret !== undefined && (
        <SecretOnce
          title="The new secret"
          description="For 24 hours messages are signed with the old one, too: change your app over meanwhile. Nobody can show it again."
          secret={outcome.secret}
        />
      )}
      <Card title="Endpoint">
        <Form method="post" className="grid gap-5">
          <WebhookFields key={webhook.updatedAt} webhook={webhook} typed={own?.typed} beside={beside} />
          <div>
            <Button type="submit" name="intent" value="save-webhook" variant="primary" pending={isPending}>
              Save changes
            </Button>
          </div>
        </Form>
      </Card>
      <Card
        title="Signing secret"
        description="Nobody can show it. After a rotation both secrets sign for 24 hours."
        actions={
          <ConfirmIntent
            intent="rotate-secret"
            label="Rotate the signing secret"
            title="Make another secret?"
            description="It is shown once. For 24 hours messages are signed with both, then with the new one alone."
            confirmLabel="Rotate secret"
          >
            Rotate
          </ConfirmIntent>
        }
      />
      <Card
        title={webhook.enabled ? 'Switch off' : 'Switch on'}
        description={webhook.enabled ? 'What happens while it is off, it never hears of.' : 'What waited when it was switched off is delivered.'}
        actions={
          <IntentButton intent={webhook.enabled ? 'switch-off' : 'switch-on'} size="sm">
            {webhook.enabled ? 'Switch off' : 'Switch on'}
          </IntentButton>
        }
      />
      <Card
        title="Delete"
        description="With the list of its deliveries, and what it has not heard yet."
        actions={
          <ConfirmIntent
            intent="delete-webhook"
            label="Delete this endpoint"
            title="Delete this endpoint?"
            description="It hears nothing more, and the list of its deliveries goes with it. This cannot be undone."
            confirmLabel="Delete endpoint"
          >
            Delete
          </ConfirmIntent>
        }
      />
    </div>
  )
}
