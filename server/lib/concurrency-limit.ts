// So many at one time of each key. Every call passes here: one look into a map, and nothing is made for a key that is known.

export interface Held {
  count: number
}

/** Keys of which nothing is held are kept up to here: taking each out when its last one ends would cost more than it does. */
const KEPT_KEYS = 10_000

export class ConcurrencyLimit {
  readonly #max: number
  readonly #held = new Map<string, Held>()
  #total = 0

  /** `max`: 0 is no limit. */
  constructor(max: number) {
    this.#max = max
  }

  /** Of all keys. */
  get total(): number {
    return this.#total
  }

  /** What `give` is called with, once, when it is over; undefined if it would be one too many. */
  take(key: string): Held | undefined {
    const held = this.#heldOf(key)
    if (this.#max > 0 && held.count >= this.#max) return undefined
    held.count++
    this.#total++
    return held
  }

  give(held: Held): void {
    held.count--
    this.#total--
  }

  #heldOf(key: string): Held {
    const known = this.#held.get(key)
    if (known) return known
    if (this.#held.size >= KEPT_KEYS) this.#forgetIdle()
    const held = { count: 0 }
    this.#held.set(key, held)
    return held
  }

  #forgetIdle(): void {
    for (const [key, { count }] of this.#held) if (count === 0) this.#held.delete(key)
  }
}
