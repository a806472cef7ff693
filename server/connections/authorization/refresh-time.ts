import { randomInt } from 'node:crypto'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../lib/units.ts'
import { refreshAtMs } from '../../oauth/grant/lifetime.ts'

const SPREAD_STEPS = 1000
const FIRST_RETRY_MS = 5 * SECOND_MS
const MAX_RETRY_MS = 5 * MINUTE_MS

const spread = (): number => randomInt(SPREAD_STEPS) / SPREAD_STEPS

/** Providers let refresh tokens lapse that were not used for two weeks and more. */
export const KEEP_ALIVE_MS = 7 * DAY_MS

/** If no end is known, the token is used until it is refused, and renewed for the sake of its refresh token alone. */
export const refreshTimeOf = (issuedAtMs: number, expiresAtMs: number | null): number =>
  expiresAtMs === null ? issuedAtMs + KEEP_ALIVE_MS : refreshAtMs(issuedAtMs, expiresAtMs, spread())

/** After an outage: doubling, with jitter, and not before the server asked for. */
export function retryTimeOf(nowMs: number, failures: number, retryAfterSeconds: number | undefined): number {
  const backoff = Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures, 10), MAX_RETRY_MS)
  return nowMs + Math.max((retryAfterSeconds ?? 0) * SECOND_MS, Math.floor(backoff * (0.5 + spread() / 2)))
}
