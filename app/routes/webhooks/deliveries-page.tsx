import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useRevalidator } from '@remix-run/react'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import Send from 'lucide-react/icons/send'
import { DoneNotice } from '../../components/account/done-notice.tsx'
import { IntentButton } from '../../components/account/intent-button.tsx'
import { DeliveriesTable } from '../../components/webhooks/deliveries-table.tsx'
import { DeliveryCard } from '../../components/webhooks/delivery-card.tsx'
import { TestResult } from '../../components/webhooks/test-result.tsx'
import { WebhookNotice } from '../../components/webhooks/webhook-notice.tsx'
import { useWebhook } from '../../components/webhooks/webhook-outlet.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { runIntent, textOf } from '../../lib/run-intent.ts'
import { webhookPath } from '../../lib/webhook-paths.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'

export const meta: MetaFunction = () => [{ title: 'Webhook deliveries · Plugboard' }]

const DONE_SENTENCES = {
  replayed: 'It is sent again, under the same id.',
  on: 'The endpoint is switched on. What waited is being delivered.',
}

const connectionIdOf = (payload: Record<string, unknown>): string | undefined => {
  const { connectionId } = payload.data as { connectionId?: string }
  return connectionId
}

/** `?delivery=<id>` shows that one's message. */
export async function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  const { namespace = '', webhookId = '' } = args.params
  const { searchParams } = new URL(args.request.url)
  const cursor = searchParams.get('cursor') ?? undefined
  const page = await args.context.api.webhooks.deliveries({ webhookId, cursor }).catch((error: unknown) => {
    // A cursor of last month, or half of one: the list still has a beginning.
    const problem = args.context.explain(error)
    if (problem?.field === 'cursor' || problem?.code === 'webhook.delivery_not_found') throw redirect(webhookPath(namespace, webhookId))
    throw error
  })
  const shown = page.deliveries.find(({ id }) => id === searchParams.get('delivery'))
  return {
    cursor,
    nextCursor: page.nextCursor,
    deliveries: page.deliveries.map(({ payload, ...delivery }) => ({ ...delivery, connectionId: connectionIdOf(payload) })),
    shown: shown && { id: shown.id, payload: JSON.stringify(shown.payload, null, 2) },
  }
}

export function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  const { webhooks } = args.context.api
  const { namespace = '', webhookId = '' } = args.params
  const doneWith = (done: keyof typeof DONE_SENTENCES) => redirect(`${webhookPath(namespace, webhookId)}?done=${done}`)
  return runIntent(args, {
    async 'send-test'() {
      const { payload: _message, ...tested } = await webhooks.test({ webhookId })
      return { tested, refusal: undefined }
    },
    async replay(form) {
      await webhooks.replay({ webhookId, deliveryId: textOf(form, 'id') })
      return doneWith('replayed')
    },
    async 'switch-on'() {
      await webhooks.update({ webhookId, enabled: true })
      return doneWith('on')
    },
  })
}

export default function DeliveriesPage() {
  const { cursor, nextCursor, deliveries, shown } = useLoaderData<typeof loader>()
  const webhook = useWebhook()
  const outcome = useActionData<typeof action>()
  const { revalidate, state } = useRevalidator()
  const tested = outcome && 'tested' in outcome ? outcome.tested : undefined
  const open = deliveries.find(({ id }) => id === shown?.id)
  const sendTest = (
    <IntentButton intent="send-test" icon={Send} size="sm">
      Send test
    </IntentButton>
  )
  return (
    <div className="grid min-w-0 gap-4">
      <DoneNotice sentences={DONE_SENTENCES} />
      <WebhookNotice webhook={webhook} />
      {outcome?.refusal && <ProblemNotice problem={outcome.refusal.problem} />}
      {tested && <TestResult delivery={tested} />}
      {open && shown && <DeliveryCard delivery={open} payload={shown.payload} />}
      {deliveries.length === 0 ? (
        <Card>
          <EmptyState icon={Send} title="Nothing was sent yet" actions={sendTest}>
            <p>Each message stands here for 30 days: what it said, how often it was tried, what the receiver answered.</p>
          </EmptyState>
        </Card>
      ) : (
        <Card
          flush
          title="Deliveries"
          description="Newest first, of the last 30 days"
          actions={
            <>
              <Button size="sm" icon={RefreshCw} onClick={revalidate} pending={state !== 'idle'}>
                Refresh
              </Button>
              {sendTest}
            </>
          }
        >
          <DeliveriesTable deliveries={deliveries} canReplay={webhook.enabled} cursor={cursor} />
        </Card>
      )}
      {(cursor !== undefined || nextCursor !== null) && (
        <nav aria-label="Pages" className="flex justify-end gap-2">
          {cursor !== undefined && (
            <LinkButton to="." size="sm">
              First page
            </LinkButton>
          )}
          {nextCursor !== null && (
            <LinkButton to={`?cursor=${nextCursor}`} size="sm" rel="next">
              Next page
            </LinkButton>
          )}
        </nav>
      )}
    </div>
  )
}
