import { EventEmitter, on } from 'node:events'

/** News inside this process: whoever listens gets what is published from then on. */
export class Feed<News> {
  readonly #emitter = new EventEmitter().setMaxListeners(0)

  publish(news: News): void {
    this.#emitter.emit('news', news)
  }

  /** Ends when `signal` aborts. */
  async *subscribe(signal: AbortSignal): AsyncGenerator<News> {
    try {
      for await (const [news] of on(this.#emitter, 'news', { signal }) as AsyncIterable<[News]>) yield news
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}
