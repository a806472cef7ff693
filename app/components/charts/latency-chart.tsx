import { area, line } from 'd3-shape'
import { formatDuration } from '../../lib/format-number.ts'
import { spanLabel } from '../../lib/time-labels.ts'
import type { UsagePoint } from '../../lib/usage-series.ts'
import { valueAxis, type ValueAxis } from './axes.ts'
import type { ChartProps } from './chart-props.ts'
import { Plot, PLOT } from './plot.tsx'
import { StepMarks, type StepValue } from './step-marks.tsx'
import { TimeCursor } from './time-cursor.tsx'

const DIGITS = 1

const labelOf = (ms: number) => (ms === 0 ? '0' : formatDuration(ms))
const shown = (ms: number | null) => (ms === null ? 'no calls' : formatDuration(ms))

/** A step without calls has no latency: the line is interrupted, never drawn through zero. */
function pathsOf(points: readonly UsagePoint[], axis: ValueAxis) {
  const x = (_point: UsagePoint, step: number) => ((step + 0.5) / points.length) * PLOT.width
  const y = (ms: number | null) => PLOT.height * (1 - axis.shareOf(ms ?? 0))
  const defined = ({ p50Ms, p95Ms }: UsagePoint) => p50Ms !== null && p95Ms !== null
  const lineOf = (read: (point: UsagePoint) => number | null) =>
    line<UsagePoint>(x, (point) => y(read(point))).defined(defined).digits(DIGITS)([...points]) ?? ''
  const between = area<UsagePoint>(x, ({ p50Ms }) => y(p50Ms), ({ p95Ms }) => y(p95Ms)).defined(defined).digits(DIGITS)
  return { p50: lineOf(({ p50Ms }) => p50Ms), p95: lineOf(({ p95Ms }) => p95Ms), between: between([...points]) ?? '' }
}

function valuesOf({ p50Ms, p95Ms }: UsagePoint, axis: ValueAxis): StepValue[] {
  const shareOf = (ms: number | null) => (ms === null ? undefined : axis.shareOf(ms))
  return [
    { label: 'p95', value: shown(p95Ms), tone: 'text-series-2', share: shareOf(p95Ms) },
    { label: 'p50', value: shown(p50Ms), tone: 'text-series-1', share: shareOf(p50Ms) },
  ]
}

const stroke = { fill: 'none', stroke: 'currentColor', strokeLinecap: 'round', strokeLinejoin: 'round', vectorEffect: 'non-scaling-stroke' } as const

/** How long calls took: half of them at most p50 (solid), 95 of 100 at most p95 (dashed). */
export function LatencyChart({ usage, cursor, timeTicks, zone }: ChartProps) {
  const { points, stepMs } = usage
  const axis = valueAxis(Math.max(...points.map(({ p95Ms }) => p95Ms ?? 0)), { whole: false, label: labelOf })
  const paths = pathsOf(points, axis)
  const titleOf = (step: number) => spanLabel(Date.parse(points[step]!.at), stepMs, zone)
  return (
    <Plot
      valueTicks={axis.ticks}
      timeTicks={timeTicks}
      drawing={
        <>
          <path className="fill-series-1 opacity-10" d={paths.between} />
          <path className="text-series-2" {...stroke} strokeWidth={1.5} strokeDasharray="4 3" d={paths.p95} />
          <path className="text-series-1" {...stroke} strokeWidth={1.75} d={paths.p50} />
        </>
      }
    >
      <TimeCursor
        cursor={cursor}
        steps={points.length}
        label="Latency over time"
        describeStep={(step) => `${titleOf(step)}: p50 ${shown(points[step]!.p50Ms)}, p95 ${shown(points[step]!.p95Ms)}`}
      >
        {cursor.step !== undefined && (
          <StepMarks step={cursor.step} steps={points.length} title={titleOf(cursor.step)} values={valuesOf(points[cursor.step]!, axis)} />
        )}
      </TimeCursor>
    </Plot>
  )
}
