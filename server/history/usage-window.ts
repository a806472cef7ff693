// The spans of time that usage is shown for, and the steps of their charts.
import type { UsageWindow } from '../../db/queries/usage.ts'
import { HOUR_MS, MINUTE_MS } from '../lib/units.ts'
import type { UsageRange } from './usage-view.ts'

/** A step is a multiple of the five minutes that a namespace is counted in. */
const spans: Readonly<Record<UsageRange, { stepMs: number; steps: number }>> = {
  '1h': { stepMs: 5 * MINUTE_MS, steps: 12 },
  '24h': { stepMs: 30 * MINUTE_MS, steps: 48 },
  '7d': { stepMs: 2 * HOUR_MS, steps: 84 },
}

/** Whole steps; the last of them is the one that is under way. */
export function windowOf(range: UsageRange, nowMs: number): UsageWindow {
  const { stepMs, steps } = spans[range]
  const toMs = (Math.floor(nowMs / stepMs) + 1) * stepMs
  return { fromMs: toMs - steps * stepMs, toMs, stepMs }
}
