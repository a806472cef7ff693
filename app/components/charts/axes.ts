// Where values and times lie in a plot, as shares of its height and width.
import { nice, ticks } from 'd3-array'
import { timeTicks as localTicks, utcTicks } from 'd3-time'
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
  const [, top] = nice(0, Math.max(highest, 1), VALUE_TICKS)
  const shareOf = (value: number) => value / top
  const values = ticks(0, top, VALUE_TICKS).filter((value) => !whole || Number.isInteger(value))
  return { ticks: values.map((value) => ({ label: label(value), share: shareOf(value) })), shareOf }
}

/** Full hours or days of the reader's own clock, days named by their date. */
export function timeTicks(fromMs: number, toMs: number, zone: Zone): Tick[] {
  const ticksOf = zone === 'utc' ? utcTicks : localTicks
  const label = toMs - fromMs > 2 * DAY_MS ? dayLabel : clockLabel
  const shareOf = (at: Date) => (at.getTime() - fromMs) / (toMs - fromMs)
  return ticksOf(new Date(fromMs), new Date(toMs), TIME_TICKS).map((at) => ({ label: label(at, zone), share: shareOf(at) }))
}
