import { Link } from '@remix-run/react'
import { connectionsPath } from '../../lib/connection-paths.ts'
import { formatNumber } from '../../lib/format-number.ts'
import type { ConnectionState } from '../../lib/load-context.ts'
import { Card } from '../../ui/card.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

/** In the order in which somebody should look at them, and the colour of their part of the bar. */
const STATES: readonly { state: ConnectionState; tone: string }[] = [
  { state: 'error', tone: 'bg-bad' },
  { state: 'auth_required', tone: 'bg-warn' },
  { state: 'input_required', tone: 'bg-warn' },
  { state: 'disconnected', tone: 'bg-idle' },
  { state: 'connected', tone: 'bg-good' },
]

export interface StateTotalsProps {
  namespace: string
  total: number
  byState: Partial<Record<ConnectionState, number>>
}

/** How many connections are in which state; each number leads to the list of just those. */
export function StateTotals({ namespace, total, byState }: StateTotalsProps) {
  const parts = STATES.flatMap(({ state, tone }) => (byState[state] ? [{ state, tone, count: byState[state] }] : []))
  return (
    <Card title="Connections" actions={<Link className="link text-small" to={connectionsPath(namespace)}>All {formatNumber(total)}</Link>}>
      <div aria-hidden="true" className="flex h-2 gap-0.5 overflow-hidden rounded-full">
        {/* A part of one in 100,000 is still seen. */}
        {parts.map(({ state, tone, count }) => (
          <span key={state} className={`min-w-1 ${tone}`} style={{ flexGrow: count, flexBasis: 0 }} />
        ))}
      </div>
      <ul className="mt-3 -mb-2 divide-y divide-line">
        {parts.map(({ state, count }) => (
          <li key={state}>
            <Link to={connectionsPath(namespace, state)} className="-mx-2 flex items-center justify-between rounded-xs px-2 py-2 hover:bg-hover">
              <StatusBadge state={state} />
              <span className="font-medium tabular-nums">{formatNumber(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}
