// Lets so many tasks run at once, and so many wait; what comes on top is refused. For work that is expensive by design.

export interface Turnstile {
  /** @throws what `refuse` makes, if too many wait already */
  run<T>(task: () => Promise<T>): Promise<T>
}

export function createTurnstile({ running: maxRunning, waiting: maxWaiting, refuse }: { running: number; waiting: number; refuse: () => Error }): Turnstile {
  const waiting: (() => void)[] = []
  let running = 0
  return {
    async run(task) {
      if (running >= maxRunning) {
        if (waiting.length >= maxWaiting) throw refuse()
        // Whoever leaves hands over the place: it is never free in between.
        await new Promise<void>((enter) => waiting.push(enter))
      } else {
        running++
      }
      try {
        return await task()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running--
      }
    },
  }
}
