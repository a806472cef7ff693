import { Link } from '@remix-run/react'
import { USAGE_RANGES, type UsageRange } from '../../lib/usage-series.ts'

/** Links, so that a range has an address and works without JavaScript. */
export function RangePicker({ range }: { range: UsageRange }) {
  return (
    <nav aria-label="Time range" className="inline-flex rounded-sm border border-line bg-surface p-0.5">
      {USAGE_RANGES.map(({ id, label, words }) => (
        <Link
          key={id}
          to={`?range=${id}`}
          preventScrollReset
          aria-current={id === range ? 'true' : undefined}
          title={`Show ${words}`}
          className="rounded-xs px-2.5 py-0.5 text-small text-muted tabular-nums hover:text-ink aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
