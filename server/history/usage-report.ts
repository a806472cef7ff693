// From counted steps to what a chart draws: every step in its place, and the whole summed up.
import type { UsageStep, UsageWindow } from '../../db/queries/usage.ts'
import { addHistogram, emptyHistogram, percentileMs } from '../usage/latency-histogram.ts'
import type { UsageRange, UsageReport, UsageTotals } from './usage-view.ts'

/** Sums up calls; reads as totals. */
export class UsageSum {
  #calls = 0
  #errors = 0
  readonly #latency = emptyHistogram()

  add({ calls, errors, latency }: UsageStep): void {
    this.#calls += calls
    this.#errors += errors
    addHistogram(this.#latency, latency)
  }

  get totals(): UsageTotals {
    return { calls: this.#calls, errors: this.#errors, p50Ms: percentileMs(this.#latency, 0.5), p95Ms: percentileMs(this.#latency, 0.95) }
  }
}

const textOf = (ms: number): string => new Date(ms).toISOString()

export function reportUsage(range: UsageRange, { fromMs, toMs, stepMs }: UsageWindow, steps: readonly UsageStep[]): UsageReport {
  const sums = Array.from({ length: (toMs - fromMs) / stepMs }, () => new UsageSum())
  const whole = new UsageSum()
  for (const step of steps) {
    sums[(step.at - fromMs) / stepMs]?.add(step)
    whole.add(step)
  }
  const points = sums.map(({ totals }, index) => ({ at: textOf(fromMs + index * stepMs), ...totals }))
  return { range, from: textOf(fromMs), to: textOf(toMs), stepMs, points, totals: whole.totals }
}
