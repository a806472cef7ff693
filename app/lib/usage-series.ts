// Calls over time as a page is given them, and the ranges that it can ask for.

export const USAGE_RANGES = [
  { id: '1h', label: '1 h', words: 'the last hour' },
  { id: '24h', label: '24 h', words: 'the last 24 hours' },
  { id: '7d', label: '7 d', words: 'the last 7 days' },
] as const

export type UsageRange = (typeof USAGE_RANGES)[number]['id']

export interface UsagePoint {
  /** The start of the step, ISO 8601. */
  at: string
  calls: number
  errors: number
  /** Null if nothing was called. */
  p50Ms: number | null
  p95Ms: number | null
}

export interface UsageSeries {
  from: string
  to: string
  stepMs: number
  /** Every step, also those without a call. */
  points: UsagePoint[]
  totals: Omit<UsagePoint, 'at'>
}

const DEFAULT_RANGE: UsageRange = '24h'

/** From a query parameter, which anybody may have typed. */
export const readUsageRange = (text: string | null): UsageRange => USAGE_RANGES.find(({ id }) => id === text)?.id ?? DEFAULT_RANGE

export const wordsOfRange = (range: UsageRange): string => USAGE_RANGES.find(({ id }) => id === range)!.words
