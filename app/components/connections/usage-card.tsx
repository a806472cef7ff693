import { formatDuration, formatNumber } from '../../lib/format-number.ts'
import { Card } from '../../ui/card.tsx'
import type { ConnectionUsage } from './connection-types.ts'
import { UsageBars } from './usage-bars.tsx'

function Figure({ label, children }: { label: string; children: string }) {
  return (
    <div>
      <dt className="text-small text-muted">{label}</dt>
      <dd className="text-heading font-semibold">{children}</dd>
    </div>
  )
}

export function UsageCard({ usage: { points, totals } }: { usage: ConnectionUsage }) {
  const { calls, errors, p50Ms, p95Ms } = totals
  return (
    <Card title="Last 24 hours">
      {calls === 0 ? (
        <p className="text-small text-muted">No calls yet. They are counted here as they happen.</p>
      ) : (
        <div className="grid gap-4">
          <dl className="flex flex-wrap gap-x-8 gap-y-3">
            <Figure label="Calls">{formatNumber(calls)}</Figure>
            <Figure label="Errors">{formatNumber(errors)}</Figure>
            {p50Ms !== null && <Figure label="p50">{formatDuration(p50Ms)}</Figure>}
            {p95Ms !== null && <Figure label="p95">{formatDuration(p95Ms)}</Figure>}
          </dl>
          <UsageBars points={points} />
        </div>
      )}
    </Card>
  )
}
