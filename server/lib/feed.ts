import { EventEmitter, on } from 'node:events'

/** News inside this process: whoever listens gets what is published from then on. */
export class Feed<News> {
  readonly #emitter = new EventEmitter().setMaxListeners(0)

  publish(news: News): void {
    this.#emitter.emit('news', news)
  }

  /** Listens from this call on, not only from the first `next()`. Ends when `signal` aborts. */
  subscribe(signal: AbortSignal): AsyncGenerator<News> {
    const heard = signal.aborted ? undefined : (on(this.#emitter, 'news', { signal }) as AsyncIterable<[News]>)
    return relay(heard, signal)
  }
}

async function* relay<News>(heard: AsyncIterable<[News]> | undefined, signal: AbortSignal): AsyncGenerator<News> {
  if (!heard) return
  try {
    for await (const [news] of heard) yield news
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
