// All calls since this process started, whoever made them: for whoever watches the process. Added up when counters are written.
import { addHistogram, emptyHistogram } from './latency-histogram.ts'

export interface CountedCalls {
  calls: number
  errors: number
  totalDurationMs: number
  latency: readonly number[]
}

export class CallTotals implements CountedCalls {
  calls = 0
  errors = 0
  totalDurationMs = 0
  readonly latency = emptyHistogram()

  add({ calls, errors, totalDurationMs, latency }: CountedCalls): void {
    this.calls += calls
    this.errors += errors
    this.totalDurationMs += totalDurationMs
    addHistogram(this.latency, latency)
  }
}
