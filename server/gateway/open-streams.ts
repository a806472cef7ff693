// Streams outlive the moment in which they were permitted. Every few seconds each is asked again
// whether its caller may still have it: a revoked key, a deleted connection end it.
import { SECOND_MS } from '../lib/units.ts'

export const RECHECK_MS = 5 * SECOND_MS

export interface OpenStream {
  /** False, or a rejection: not any more. */
  isStillPermitted(): Promise<boolean>
  end(): void
}

export class OpenStreams {
  readonly #streams = new Set<OpenStream>()

  get size(): number {
    return this.#streams.size
  }

  /** Until the returned function is called. */
  add(stream: OpenStream): () => void {
    this.#streams.add(stream)
    return () => this.#streams.delete(stream)
  }

  async recheck(): Promise<void> {
    await Promise.all(
      [...this.#streams].map(async (stream) => {
        const permitted = await stream.isStillPermitted().catch(() => false)
        if (!permitted) stream.end()
      }),
    )
  }

  endAll(): void {
    for (const stream of this.#streams) stream.end()
  }
}
