// Where values and times lie in a plot, as shares of its height and width.
import { scaleLinear, scaleTime, scaleUtc } from 'd3-scale'
import { clockLabel, dayLabel, type Zone } from '../../lib/time-labels.ts'

export interface Tick {
  label: string
  /** 0 is the left or the bottom, 1 the other end. */
  share: number
}

export interface ValueAxis {
  ticks: Tick[]
  shareOf(value: number): number
}

const VALUE_TICKS = 4
const TIME_TICKS = 6
const DAY_MS = 86_400_000

/** From zero to a round number that is not below `highest`. `whole` numbers have no ticks between them. */
export function valueAxis(highest: number, { whole, label }: { whole: boolean; label: (value: number) => string }): ValueAxis {
  const scale = scaleLinear().domain([0, Math.max(highest, 1)]).nice(VALUE_TICKS)
  const ticks = scale.ticks(VALUE_TICKS).filter((value) => !whole || Number.isInteger(value))
  return { ticks: ticks.map((value) => ({ label: label(value), share: scale(value) })), shareOf: (value) => scale(value) }
}

/** Full hours or days of the reader's own clock, days named by their date. */
export function timeTicks(fromMs: number, toMs: number, zone: Zone): Tick[] {
  const scale = (zone === 'utc' ? scaleUtc() : scaleTime()).domain([fromMs, toMs])
  const label = toMs - fromMs > 2 * DAY_MS ? dayLabel : clockLabel
  return scale.ticks(TIME_TICKS).map((at) => ({ label: label(at, zone), share: scale(at) }))
}
