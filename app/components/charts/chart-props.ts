import type { Zone } from '../../lib/time-labels.ts'
import type { UsageSeries } from '../../lib/usage-series.ts'
import type { Tick } from './axes.ts'
import type { Cursor } from './time-cursor.tsx'

/** What both charts are given: the same calls, the same axis of time, one cursor. */
export interface ChartProps {
  usage: UsageSeries
  cursor: Cursor
  timeTicks: Tick[]
  zone: Zone
}
