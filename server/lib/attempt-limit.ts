// So many attempts per key, then none until the time is over. The libraries for this count on the system's clock
// and timers; ours is a parameter.
import { LRUCache } from 'lru-cache'
import type { Now } from './clock.ts'
import { SECOND_MS } from './units.ts'

interface Count {
  attempts: number
  untilMs: number
}

export interface AttemptLimitOptions {
  max: number
  /** Counted from the first attempt. */
  windowMs: number
  now: Now
}

/** Keys that are remembered: whoever wants to push one out must pay for this many attempts. */
const MAX_KEYS = 10_000

export class AttemptLimit {
  readonly #counts = new LRUCache<string, Count>({ max: MAX_KEYS })
  readonly #options: AttemptLimitOptions

  constructor(options: AttemptLimitOptions) {
    this.#options = options
  }

  /** Counts an attempt before it is made, so that many at once are no way around. Undefined: go on. Otherwise seconds to wait. */
  take(key: string): number | undefined {
    const { max, windowMs, now } = this.#options
    const nowMs = now()
    const known = this.#counts.get(key)
    const count = known && nowMs < known.untilMs ? known : { attempts: 0, untilMs: nowMs + windowMs }
    if (count.attempts >= max) return Math.ceil((count.untilMs - nowMs) / SECOND_MS)
    count.attempts++
    this.#counts.set(key, count)
    return undefined
  }

  /** As `take`, without an attempt. */
  waitOf(key: string): number | undefined {
    const { max, now } = this.#options
    const nowMs = now()
    const known = this.#counts.get(key)
    return known && known.attempts >= max && nowMs < known.untilMs ? Math.ceil((known.untilMs - nowMs) / SECOND_MS) : undefined
  }

  /** It was no attempt in vain. */
  giveBack(key: string): void {
    const count = this.#counts.get(key)
    if (count && count.attempts > 0) count.attempts--
  }

  /** As if none had been made. */
  forget(key: string): void {
    this.#counts.delete(key)
  }
}
