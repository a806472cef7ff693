// How long a token lives: what is asked for, in the spellings of the dialect.
import { invalidInput } from '../lib/app-error.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../lib/units.ts'

const DEFAULT_MS = HOUR_MS
const MIN_MS = 20 * SECOND_MS
export const MAX_TOKEN_MS = DAY_MS

const UNITS_MS: Readonly<Record<string, number>> = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS }

export type Ttl = string | number

/** The shortest of several. `undefined` if none is given. @throws input.invalid */
export function shortestLifetimeMs(asked: readonly { ttl: Ttl | undefined; field: string }[]): number | undefined {
  const lifetimes = asked.flatMap(({ ttl, field }) => (ttl === undefined ? [] : [readTtl(ttl, field)]))
  return lifetimes.length === 0 ? undefined : Math.min(...lifetimes)
}

export const lifetimeOrDefaultMs = (lifetimeMs: number | undefined): number => lifetimeMs ?? DEFAULT_MS

function readTtl(ttl: Ttl, field: string): number {
  const ms = typeof ttl === 'number' ? ttl * SECOND_MS : durationMs(ttl)
  if (ms === undefined || !Number.isInteger(ms / SECOND_MS)) throw invalidInput(field, 'must be whole seconds, or like "20s", "30m", "1h", "1d"')
  if (ms < MIN_MS) throw invalidInput(field, 'must be at least 20 seconds')
  if (ms > MAX_TOKEN_MS) throw invalidInput(field, 'may be at most 24 hours')
  return ms
}

function durationMs(text: string): number | undefined {
  const [, count, unit] = /^([1-9][0-9]{0,6})([smhd])$/.exec(text) ?? []
  return count === undefined || unit === undefined ? undefined : Number(count) * UNITS_MS[unit]!
}
