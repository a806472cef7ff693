/** A timer that is moved with every request and hardly ever reached: moving it further costs a number, not a timer. */
export class Deadline {
  readonly #onReached: () => void
  #dueAt = Infinity
  #timer: NodeJS.Timeout | undefined
  #timerAt = Infinity

  constructor(onReached: () => void) {
    this.#onReached = onReached
  }

  /** `dueAt` as `performance.now()` counts. */
  moveTo(dueAt: number): void {
    this.#dueAt = dueAt
    if (dueAt < this.#timerAt) this.#start()
  }

  /** Until it is moved again, nothing is due. */
  lift(): void {
    this.#dueAt = Infinity
  }

  stop(): void {
    this.lift()
    clearTimeout(this.#timer)
    this.#timerAt = Infinity
  }

  #start(): void {
    clearTimeout(this.#timer)
    this.#timerAt = this.#dueAt
    this.#timer = setTimeout(() => this.#look(), Math.max(1, Math.ceil(this.#dueAt - performance.now())))
  }

  #look(): void {
    this.#timerAt = Infinity
    if (this.#dueAt === Infinity) return
    if (this.#dueAt > performance.now()) this.#start()
    else {
      this.lift()
      this.#onReached()
    }
  }
}
