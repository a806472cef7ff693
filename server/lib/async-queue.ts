/** From whoever pushes to one reader who waits: what was pushed comes in order, then the end or the failure. */
export class AsyncQueue<Item> {
  #items: Item[] = []
  #over: { error: unknown } | 'closed' | undefined
  #wake = () => {}

  /** After the end, nothing happens. */
  push(item: Item): void {
    if (this.#over) return
    this.#items.push(item)
    this.#wake()
  }

  close(): void {
    this.#over ??= 'closed'
    this.#wake()
  }

  fail(error: unknown): void {
    this.#over ??= { error }
    this.#wake()
  }

  async *read(): AsyncGenerator<Item> {
    for (;;) {
      const items = this.#items
      this.#items = []
      yield* items
      if (this.#items.length > 0) continue
      if (this.#over === 'closed') return
      if (this.#over) throw this.#over.error
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
