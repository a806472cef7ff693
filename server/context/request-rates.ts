// How much of the machine a caller may ask for, and all callers of an organization together: what one of them floods, the others keep.
import type { Config } from '../config/config.ts'
import { AppError } from '../lib/app-error.ts'
import type { Now } from '../lib/clock.ts'
import { RateLimit } from '../lib/rate-limit.ts'
import { principalOf, type Actor } from '../policy/actor.ts'

export interface RequestRates {
  byCaller: RateLimit
  /** A tenant makes as many keys and tokens as it likes. */
  byOrganization: RateLimit
}

const BURST_SECONDS = 10

export const createRequestRates = ({ ratePerCaller, ratePerOrganization }: Pick<Config, 'ratePerCaller' | 'ratePerOrganization'>, now: Now): RequestRates => ({
  byCaller: new RateLimit({ perSecond: ratePerCaller, burstSeconds: BURST_SECONDS, now }),
  byOrganization: new RateLimit({ perSecond: ratePerOrganization, burstSeconds: BURST_SECONDS, now }),
})

/** Once for each request, at its door; what is asked again while its answer lasts is not another one. @throws limits.too_many_requests */
export function countRequest({ rates, now }: { rates: RequestRates; now: Now }, actor: Actor): void {
  const nowMs = now()
  const waitSeconds = rates.byCaller.take(principalOf(actor), nowMs) ?? rates.byOrganization.take(actor.organizationId, nowMs)
  if (waitSeconds !== undefined) throw tooManyRequests(waitSeconds)
}

const tooManyRequests = (retryAfterSeconds: number) =>
  new AppError({
    code: 'limits.too_many_requests',
    kind: 'rate_limited',
    message: `Too many requests from this credential or its organization. Try again in ${retryAfterSeconds} s.`,
    retryAfterSeconds,
  })
