// When a token is renewed: ahead of its end, and not all at the same moment.
import { MINUTE_MS, SECOND_MS } from '../../lib/units.ts'

const MARGIN_MS = MINUTE_MS
const MARGIN_SHARE = 0.1
const JITTER_SHARE = 0.5

/**
 * Milliseconds since the epoch from which on a token should be renewed: a minute or a tenth of its life before it
 * ends, whichever is more, spread by up to half of that again. `spread` is in [0, 1).
 */
export function refreshAtMs(issuedAtMs: number, expiresAtMs: number, spread: number): number {
  const life = Math.max(0, expiresAtMs - issuedAtMs)
  // A token that lives shorter than the margin is used for half of its life.
  const margin = Math.min(Math.max(MARGIN_MS, life * MARGIN_SHARE), life / 2)
  return Math.floor(expiresAtMs - margin * (1 + (margin < life / 2 ? spread * JITTER_SHARE : 0)))
}

/** Of an answer that came now: the seconds count from when it was made, so its way here is taken off. */
export const expiresAtMs = (requestedAtMs: number, expiresInSeconds: number | undefined): number | undefined =>
  expiresInSeconds === undefined ? undefined : requestedAtMs + expiresInSeconds * SECOND_MS
