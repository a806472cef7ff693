import { randomInt } from 'node:crypto'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../lib/units.ts'

/** Standard Webhooks, "Retry schedule": after the first attempt, and after each one since. Three days in all. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
]

/** At most this part of a delay is added to it: a receiver that comes back is not met by everything at once. */
export const JITTER = 0.1

/** Until the next attempt; undefined if the one that failed was the last. */
export function retryDelayMs(attempts: number): number | undefined {
  const delay = RETRY_DELAYS_MS[attempts - 1]
  return delay === undefined ? undefined : delay + randomInt(Math.floor(delay * JITTER) + 1)
}
