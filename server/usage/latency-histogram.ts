// Calls per place of LATENCY_BOUNDS_MS, and what can be said of their durations from that.
import { LATENCY_BOUNDS_MS } from '../../db/schema/usage-bucket.ts'

export { LATENCY_BOUNDS_MS } from '../../db/schema/usage-bucket.ts'

export type LatencyHistogram = number[]

export const emptyHistogram = (): LatencyHistogram => Array<number>(LATENCY_BOUNDS_MS.length + 1).fill(0)

export function addHistogram(sum: LatencyHistogram, added: readonly number[]): void {
  for (const [place, calls] of added.entries()) sum[place] = (sum[place] ?? 0) + calls
}

/**
 * How long the fastest `share` of the calls took at most, in whole milliseconds; null without calls. Within a place
 * they are taken to be spread evenly; of those beyond the last bound only the bound is known.
 */
export function percentileMs(histogram: readonly number[], share: number): number | null {
  const calls = histogram.reduce((sum, count) => sum + count, 0)
  if (calls === 0) return null
  const wanted = calls * share
  let before = 0
  let lower = 0
  for (const [place, upper] of LATENCY_BOUNDS_MS.entries()) {
    const here = histogram[place] ?? 0
    if (here > 0 && before + here >= wanted) return Math.round(lower + ((upper - lower) * (wanted - before)) / here)
    before += here
    lower = upper
  }
  return lower
}
