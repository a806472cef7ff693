/** Concurrent callers with the same key share one run; the next caller after it starts another. */
export class SingleFlight<T> {
  readonly #running = new Map<string, Promise<T>>()

  run(key: string, start: () => Promise<T>): Promise<T> {
    const running = this.#running.get(key)
    if (running) return running
    const flight = start().finally(() => this.#running.delete(key))
    this.#running.set(key, flight)
    return flight
  }

  /** Once what runs now is over, however it ends. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running.values())
  }
}
