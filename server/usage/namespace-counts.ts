// What was counted per connection and minute, added up per namespace and five minutes. Done when counters are
// written and not when a call ends, so that a call is counted once.
import type { NamespaceUsageRow } from '../../db/schema/namespace-usage.ts'
import { MINUTE_MS } from '../lib/units.ts'
import { addHistogram, emptyHistogram } from './latency-histogram.ts'

const PERIOD_MS = 5 * MINUTE_MS

interface CountedMinute {
  namespace: string
  minute: number
  calls: number
  errors: number
  totalDurationMs: number
  latency: readonly number[]
}

export class NamespaceCounts {
  readonly #rows = new Map<string, NamespaceUsageRow>()

  get rows(): NamespaceUsageRow[] {
    return [...this.#rows.values()]
  }

  add(counted: CountedMinute): void {
    const { namespace } = counted
    const period = Math.floor(counted.minute / PERIOD_MS) * PERIOD_MS
    const key = `${namespace} ${period}`
    let row = this.#rows.get(key)
    if (!row) this.#rows.set(key, (row = { namespace, period, calls: 0, errors: 0, totalDurationMs: 0, latency: emptyHistogram() }))
    row.calls += counted.calls
    row.errors += counted.errors
    row.totalDurationMs += counted.totalDurationMs
    addHistogram(row.latency, counted.latency)
  }

  clear(): void {
    this.#rows.clear()
  }
}
