import { formatDuration, formatNumber } from '../../lib/format-number.ts'
import { spanLabel, type Zone } from '../../lib/time-labels.ts'
import type { UsageSeries } from '../../lib/usage-series.ts'
import { ScrollRegion } from '../../ui/scroll-region.tsx'

/** The charts' numbers, for whoever reads better than looks. Steps without a call say nothing and are left out. */
export function UsageTable({ usage, zone }: { usage: UsageSeries; zone: Zone }) {
  const rows = usage.points.filter(({ calls }) => calls > 0)
  return (
    <details className="mt-2 text-small">
      <summary className="w-fit cursor-pointer rounded-xs py-1 text-muted hover:text-ink">The same as a table</summary>
      <ScrollRegion label="Calls and latency as a table" className="mt-2 max-h-72 overflow-auto rounded-lg border border-line bg-surface">
        <table className="w-full text-right tabular-nums">
          <caption className="sr-only">Calls and latency by time{zone === 'utc' ? ' (UTC)' : ''}, steps without a call left out</caption>
          <thead className="text-muted">
            <tr>
              {['Time', 'Calls', 'Errors', 'p50', 'p95'].map((name) => (
                <th key={name} scope="col" className="px-4 py-2 font-medium first:text-left">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ at, calls, errors, p50Ms, p95Ms }) => (
              <tr key={at} className="border-t border-line">
                <th scope="row" className="px-4 py-1.5 text-left font-normal whitespace-nowrap">
                  {spanLabel(Date.parse(at), usage.stepMs, zone)}
                </th>
                <td className="px-4 py-1.5">{formatNumber(calls)}</td>
                <td className="px-4 py-1.5">{formatNumber(errors)}</td>
                <td className="px-4 py-1.5 whitespace-nowrap">{formatDuration(p50Ms)}</td>
                <td className="px-4 py-1.5 whitespace-nowrap">{formatDuration(p95Ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  )
}
