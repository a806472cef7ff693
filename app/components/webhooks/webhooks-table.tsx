import { Link } from '@remix-run/react'
import { webhookPath } from '../../lib/webhook-paths.ts'
import { Card } from '../../ui/card.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx'
import { EVENTS } from './event-words.ts'
import { WebhookBadge } from './webhook-badge.tsx'
import type { WebhookView } from './webhook-types.ts'

const wordsOfEvents = (events: WebhookView['events']): string =>
  events.length === EVENTS.length ? 'Everything' : events.map((event) => event.replace('connection.', '')).join(', ')

export function WebhooksTable({ namespace, webhooks }: { namespace: string; webhooks: readonly WebhookView[] }) {
  return (
    <Card>
      <div className="-m-4">
        <Table label="Webhook endpoints">
          <TableHead>
            <HeadCell>Endpoint</HeadCell>
            <HeadCell>State</HeadCell>
            <HeadCell className="max-sm:hidden">Events</HeadCell>
            <HeadCell className="max-sm:hidden">Created</HeadCell>
          </TableHead>
          <TableBody>
            {webhooks.map((webhook) => (
              <Row key={webhook.id}>
                <Cell className="max-w-96">
                  <Link to={webhookPath(namespace, webhook.id)} className="block truncate rounded-xs py-1 font-mono text-code hover:underline" title={webhook.url}>
                    {webhook.url}
                  </Link>
                  {webhook.description !== '' && <p className="truncate text-muted">{webhook.description}</p>}
                </Cell>
                <Cell>
                  <WebhookBadge webhook={webhook} />
                </Cell>
                <Cell className="max-w-72 truncate text-muted max-sm:hidden" title={webhook.events.join(', ')}>
                  {wordsOfEvents(webhook.events)}
                </Cell>
                <Cell className="max-sm:hidden">
                  <RelativeTime at={webhook.createdAt} />
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      </div>
    </Card>
  )
}
