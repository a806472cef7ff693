import { DAY_MS, HOUR_MS, SECOND_MS } from '../lib/units.ts'

export const CODE_MS = 60 * SECOND_MS
export const ACCESS_TOKEN_MS = HOUR_MS
/** From its last use: each refresh token lives that long, or until it is replaced. */
export const GRANT_MS = 30 * DAY_MS
