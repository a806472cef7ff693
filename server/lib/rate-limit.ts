// So many requests a second on average, with room for a burst: a leaky bucket kept as one time (GCRA, ITU-T I.371 Annex A).
// Every call passes here, so it is one look into a map; libraries for it answer with a promise, and keep a timer per key.
import { LRUCache } from 'lru-cache'
import type { Now } from './clock.ts'
import { SECOND_MS } from './units.ts'

export interface RateLimitOptions {
  /** 0 is no limit. */
  perSecond: number
  /** How many seconds' worth may come at once after a rest. */
  burstSeconds: number
  now: Now
}

/** Whoever is pushed out starts anew: they rested longest. */
const MAX_KEYS = 50_000

export class RateLimit {
  /** When all that was taken will have been earned. */
  readonly #paidUpAtMs = new LRUCache<string, { ms: number }>({ max: MAX_KEYS })
  readonly #intervalMs: number
  readonly #burstMs: number
  readonly #now: Now

  constructor({ perSecond, burstSeconds, now }: RateLimitOptions) {
    this.#intervalMs = perSecond === 0 ? 0 : SECOND_MS / perSecond
    this.#burstMs = burstSeconds * SECOND_MS
    this.#now = now
  }

  /** Undefined: go on. Otherwise seconds to wait; what was refused is not counted. */
  take(key: string, nowMs = this.#now()): number | undefined {
    if (this.#intervalMs === 0) return undefined
    let known = this.#paidUpAtMs.get(key)
    if (!known) this.#paidUpAtMs.set(key, (known = { ms: nowMs }))
    // Nobody can have taken more than the burst: the clock was put back, and they start anew.
    const from = known.ms > nowMs + this.#burstMs + this.#intervalMs ? nowMs : Math.max(known.ms, nowMs)
    const next = from + this.#intervalMs
    const waitMs = next - nowMs - this.#burstMs
    // Sums of fractions: less than a thousandth of a millisecond is nothing.
    if (waitMs > 0.001) return Math.max(1, Math.ceil(waitMs / SECOND_MS))
    known.ms = next
    return undefined
  }
}
