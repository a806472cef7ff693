// Who may use how many of one origin's sockets: nobody so many that the next finds none. A payer takes one more only while they
// hold fewer than are left (the dynamic threshold of shared buffers, Choudhury and Hahne 1998): one alone gets half and no more,
// and as their requests end, those who wait come to equal parts. There is no number to configure.

export interface Share<Who> {
  held: number
  /** In their order, with what is run once there is a slot; any of them may leave. */
  readonly waiting: Map<Who, () => void>
}

/** Of one payer. Who would wait behind so many is better told so. */
export const MAX_WAITING = 1024
/** Shares of nobody are kept up to here: taking them out each time would cost more than they do. */
const KEPT_SHARES = 1024

export class FairShares<Who> {
  readonly #slots: number
  #held = 0
  readonly #shares = new Map<string, Share<Who>>()
  /** Those of whom somebody waits; the one that was served goes to the end. */
  readonly #lines = new Set<Share<Who>>()

  constructor(slots: number) {
    this.#slots = slots
  }

  shareOf(payer: string): Share<Who> {
    const known = this.#shares.get(payer)
    if (known) return known
    if (this.#shares.size >= KEPT_SHARES) this.#forgetIdle()
    const share: Share<Who> = { held: 0, waiting: new Map() }
    this.#shares.set(payer, share)
    return share
  }

  /** A slot at once, or false. Nobody passes those of their own who wait. */
  take(share: Share<Who>): boolean {
    if (share.waiting.size > 0 || !this.#mayTake(share)) return false
    share.held++
    this.#held++
    return true
  }

  /** `begin` is run once there is a slot. False if too many wait already. */
  wait(share: Share<Who>, who: Who, begin: () => void): boolean {
    if (share.waiting.size >= MAX_WAITING) return false
    share.waiting.set(who, begin)
    this.#lines.add(share)
    return true
  }

  leave(share: Share<Who>, who: Who): void {
    if (share.waiting.delete(who) && share.waiting.size === 0) this.#lines.delete(share)
  }

  /** Whoever waits, of all shares. */
  get everybodyWaiting(): Who[] {
    return [...this.#lines].flatMap(({ waiting }) => [...waiting.keys()])
  }

  /** Somebody's request is over: whoever waits and may, begins. */
  give(share: Share<Who>): void {
    share.held--
    this.#held--
    if (this.#lines.size > 0) this.#serve()
  }

  #mayTake(share: Share<Who>): boolean {
    return share.held < this.#slots - this.#held
  }

  /** Each in turn: a share with more to wait for is met again at the end. What is taken here leaves less for those who were passed over. */
  #serve(): void {
    for (const share of this.#lines) {
      if (!this.#mayTake(share)) continue
      const [who, begin] = share.waiting.entries().next().value!
      this.#lines.delete(share)
      share.waiting.delete(who)
      if (share.waiting.size > 0) this.#lines.add(share)
      share.held++
      this.#held++
      begin()
    }
  }

  #forgetIdle(): void {
    for (const [payer, share] of this.#shares) if (share.held === 0 && share.waiting.size === 0) this.#shares.delete(payer)
  }
}
