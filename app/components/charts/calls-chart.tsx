import { formatNumber } from '../../lib/format-number.ts'
import { spanLabel } from '../../lib/time-labels.ts'
import type { UsagePoint } from '../../lib/usage-series.ts'
import { valueAxis } from './axes.ts'
import type { ChartProps } from './chart-props.ts'
import { Plot, PLOT } from './plot.tsx'
import { StepMarks, type StepValue } from './step-marks.tsx'
import { TimeCursor } from './time-cursor.tsx'

/** Of a step's width; the rest is the gap to its neighbour. */
const BAR_SHARE = 0.7
/** About a pixel: one call among thousands is still seen, and not as many. */
const LOWEST_BAR = 0.625

const rounded = (value: number) => Math.round(value * 100) / 100

/** All bars as one path: a page carries one attribute instead of an element for each step. */
function barsPath(points: readonly UsagePoint[], barOf: (point: UsagePoint) => { from: number; height: number }): string {
  const stepWidth = PLOT.width / points.length
  const width = rounded(stepWidth * BAR_SHARE)
  return points
    .flatMap((point, step) => {
      const { from, height } = barOf(point)
      const left = rounded((step + (1 - BAR_SHARE) / 2) * stepWidth)
      return height === 0 ? [] : `M${left} ${rounded(PLOT.height - from)}h${width}v${rounded(-height)}h${-width}z`
    })
    .join('')
}

const inWords = (count: number, what: string) => `${formatNumber(count)} ${what}${count === 1 ? '' : 's'}`

const valuesOf = ({ calls, errors }: UsagePoint): StepValue[] => [
  { label: 'Calls', value: formatNumber(calls), tone: 'text-series-1' },
  { label: 'Errors', value: formatNumber(errors), tone: 'text-bad' },
]

/** Calls as bars; those that failed are the lower part of their bar, in another colour. */
export function CallsChart({ usage, cursor, timeTicks, zone }: ChartProps) {
  const { points, stepMs } = usage
  const axis = valueAxis(Math.max(...points.map(({ calls }) => calls)), { whole: true, label: formatNumber })
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(LOWEST_BAR, axis.shareOf(count) * PLOT.height))
  const errorsHeight = ({ errors }: UsagePoint) => heightOf(errors)
  const restHeight = (point: UsagePoint) => Math.max(0, heightOf(point.calls) - errorsHeight(point))
  const titleOf = (step: number) => spanLabel(Date.parse(points[step]!.at), stepMs, zone)
  return (
    <Plot
      valueTicks={axis.ticks}
      timeTicks={timeTicks}
      drawing={
        <>
          <path className="fill-series-1" d={barsPath(points, (point) => ({ from: errorsHeight(point), height: restHeight(point) }))} />
          <path className="fill-bad" d={barsPath(points, (point) => ({ from: 0, height: errorsHeight(point) }))} />
        </>
      }
    >
      <TimeCursor
        cursor={cursor}
        steps={points.length}
        label="Calls over time"
        describeStep={(step) => `${titleOf(step)}: ${inWords(points[step]!.calls, 'call')}, ${inWords(points[step]!.errors, 'error')}`}
      >
        {cursor.step !== undefined && (
          <StepMarks step={cursor.step} steps={points.length} title={titleOf(cursor.step)} values={valuesOf(points[cursor.step]!)} />
        )}
      </TimeCursor>
    </Plot>
  )
}
