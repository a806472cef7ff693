// What usage looks like from outside.
import { z } from 'zod'

export const usageRange = z.enum(['1h', '24h', '7d'])
export type UsageRange = z.infer<typeof usageRange>

export interface UsageTotals {
  calls: number
  errors: number
  /** Of their durations; null without calls. */
  p50Ms: number | null
  p95Ms: number | null
}

export interface UsagePoint extends UsageTotals {
  /** Where the step starts. */
  at: string
}

export interface UsageReport {
  range: UsageRange
  from: string
  to: string
  stepMs: number
  /** Every step, those without calls included; the last is the one that is under way. */
  points: UsagePoint[]
  totals: UsageTotals
}

export interface ToolUsage extends UsageTotals {
  tool: string
}

export interface ConnectionUsage extends UsageReport {
  /** The most called first, at most fifty. */
  byTool: ToolUsage[]
}
