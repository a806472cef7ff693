import { useState } from 'react'
import { formatDuration, formatNumber } from '../../lib/format-number.ts'
import { useZone } from '../../lib/time-labels.ts'
import type { UsageSeries } from '../../lib/usage-series.ts'
import { timeTicks } from './axes.ts'
import { CallsChart } from './calls-chart.tsx'
import { FigurePanel } from './figure-panel.tsx'
import { LatencyChart } from './latency-chart.tsx'
import { Swatch } from './swatch.tsx'
import { UsageTable } from './usage-table.tsx'

function shareOfErrors({ calls, errors }: UsageSeries['totals']): string | undefined {
  if (errors === 0) return undefined
  const percent = (errors / calls) * 100
  return percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`
}

/** Calls and latency side by side under one cursor, and the same numbers as a table. */
export function UsageCharts({ usage }: { usage: UsageSeries }) {
  const zone = useZone()
  const [step, move] = useState<number>()
  const { totals, points } = usage
  // After a change of the range the cursor may point beyond the last step.
  const cursor = { step: step === undefined || step >= points.length ? undefined : step, move }
  const chart = { usage, cursor, zone, timeTicks: timeTicks(Date.parse(usage.from), Date.parse(usage.to), zone) }
  return (
    <div>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <FigurePanel
          title="Calls"
          headlines={[
            { label: 'Calls', value: formatNumber(totals.calls), swatch: <Swatch tone="text-series-1" form="bar" /> },
            { label: 'Errors', value: formatNumber(totals.errors), swatch: <Swatch tone="text-bad" form="bar" />, note: shareOfErrors(totals) },
          ]}
        >
          <CallsChart {...chart} />
        </FigurePanel>
        <FigurePanel
          title="Latency"
          headlines={[
            { label: 'p50', value: formatDuration(totals.p50Ms), swatch: <Swatch tone="text-series-1" form="solid" /> },
            { label: 'p95', value: formatDuration(totals.p95Ms), swatch: <Swatch tone="text-series-2" form="dashed" /> },
          ]}
        >
          <LatencyChart {...chart} />
        </FigurePanel>
      </div>
      <UsageTable usage={usage} zone={zone} />
    </div>
  )
}
