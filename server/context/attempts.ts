// How often a password, a setup code, a link or a key may be tried in vain.
import { AttemptLimit } from '../lib/attempt-limit.ts'
import type { Now } from '../lib/clock.ts'
import { HOUR_MS, MINUTE_MS } from '../lib/units.ts'

export interface Attempts {
  /** Of one account, from wherever. */
  byAccount: AttemptLimit
  /** From one address, at whatever. */
  byAddress: AttemptLimit
  /** Of one connection, at a token without a person because its server refused the last one. */
  atEarlyRenewal: AttemptLimit
  /** From one address, with keys and tokens that are none. */
  atCredential: AttemptLimit
  /** From one address, to register an MCP client. */
  atRegistration: AttemptLimit
  /** From one address, to have the document of an MCP client fetched. */
  atClientDocument: AttemptLimit
}

export const createAttempts = (now: Now): Attempts => ({
  byAccount: new AttemptLimit({ max: 10, windowMs: 15 * MINUTE_MS, now }),
  byAddress: new AttemptLimit({ max: 50, windowMs: 15 * MINUTE_MS, now }),
  atRegistration: new AttemptLimit({ max: 20, windowMs: HOUR_MS, now }),
  atClientDocument: new AttemptLimit({ max: 30, windowMs: HOUR_MS, now }),
  atEarlyRenewal: new AttemptLimit({ max: 3, windowMs: MINUTE_MS, now }),
  // Behind a proxy that nobody told us of, everybody has one address.
  atCredential: new AttemptLimit({ max: 1000, windowMs: MINUTE_MS, now }),
})
