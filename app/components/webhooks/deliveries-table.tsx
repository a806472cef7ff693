import { Link } from '@remix-run/react'
import { formatDuration } from '../../lib/format-number.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from '../../ui/table.tsx'
import { IntentButton } from '../account/intent-button.tsx'
import { DeliveryOutcome } from './delivery-outcome.tsx'
import type { Delivery } from './webhook-types.ts'

export interface DeliveriesTableProps {
  deliveries: readonly (Delivery & { connectionId: string | undefined })[]
  /** Nothing is delivered while the endpoint is switched off. */
  canReplay: boolean
  /** Of the page that is shown. */
  cursor: string | undefined
}

export function DeliveriesTable({ deliveries, canReplay, cursor }: DeliveriesTableProps) {
  const openPath = (id: string) => `?${new URLSearchParams({ ...(cursor !== undefined && { cursor }), delivery: id }).toString()}`
  return (
    <Table label="Deliveries, newest first">
      <TableHead>
        <HeadCell>When</HeadCell>
        <HeadCell>Event</HeadCell>
        <HeadCell>Outcome</HeadCell>
        <HeadCell align="end" className="max-sm:hidden">
          Attempts
        </HeadCell>
        <HeadCell align="end" className="max-sm:hidden">
          Took
        </HeadCell>
        <HeadCell hiddenLabel="Actions" />
      </TableHead>
      <TableBody>
        {deliveries.map((delivery) => (
          <Row key={delivery.id}>
            <Cell>
              <RelativeTime at={delivery.createdAt} />
            </Cell>
            <Cell className="max-w-72">
              <Link to={openPath(delivery.id)} className="block truncate rounded-xs py-1 font-mono text-code hover:underline">
                {delivery.type}
              </Link>
              {delivery.connectionId !== undefined && <p className="truncate text-muted">{delivery.connectionId}</p>}
            </Cell>
            <Cell>
              <DeliveryOutcome delivery={delivery} />
            </Cell>
            <Cell align="end" className="tabular-nums max-sm:hidden">
              {delivery.attempts}
            </Cell>
            <Cell align="end" className="whitespace-nowrap max-sm:hidden">
              {formatDuration(delivery.durationMs)}
            </Cell>
            <Cell align="end">
              {canReplay && delivery.attempts > 0 && (
                <IntentButton intent="replay" id={delivery.id} label={`Replay ${delivery.type} of ${delivery.createdAt}`} size="sm" variant="quiet">
                  Replay
                </IntentButton>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
