// The long poll: answers as soon as what is asked about is as the caller wants it, or when the time is up, with what is
// true then.
import { z } from 'zod'
import type { CallerSignal } from '../lib/caller-signal.ts'
import type { Feed } from '../lib/feed.ts'
import { createPause } from '../lib/pause.ts'
import { SECOND_MS } from '../lib/units.ts'

/** Below the minute after which proxies and fetch implementations give up. */
const MAX_WAIT_SECONDS = 59

/** In a query. */
export const waitSeconds = z.coerce.number('must be a number of seconds').int().min(0).max(MAX_WAIT_SECONDS).default(0)

/** Without news it is looked at this often: other processes publish theirs elsewhere. */
export const RECHECK_MS = 5 * SECOND_MS

export interface WaitUntil<Value, News> {
  /** Reads it as this caller, who may have lost the right to since the last look. */
  read(): Promise<Value>
  isDone(value: Value): boolean
  feed: Feed<News>
  concerns(news: News): boolean
  waitMs: number
  recheckMs: number
  /** The caller left. */
  signal: CallerSignal
  /** Whoever waits is counted, until the returned function is called. */
  hold(): () => void
}

export async function waitUntil<Value, News>({ read, isDone, feed, concerns, waitMs, recheckMs, signal, hold }: WaitUntil<Value, News>): Promise<Value> {
  const letGo = hold()
  const over = new AbortController()
  const end = () => over.abort()
  const timer = setTimeout(end, waitMs)
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  const news = feed.subscribe(over.signal)
  // Listening starts with the first next(): before the first look, so that nothing falls in between.
  let next = news.next()
  try {
    for (;;) {
      const value = await read()
      if (isDone(value) || over.signal.aborted) return value
      const pause = createPause(recheckMs, over.signal)
      let heard: IteratorResult<News> | undefined
      do {
        heard = await Promise.race([next, pause.passed])
        if (heard && !heard.done) next = news.next()
      } while (heard && !heard.done && !concerns(heard.value))
      pause.cancel()
    }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    end()
    letGo()
  }
}
