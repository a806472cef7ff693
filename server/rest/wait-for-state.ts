// The long poll: answers as soon as a connection is in the state that was asked for, or when the time
// is up, with what is true then.
import type { ConnectionView } from '../connections/connection-view.ts'
import type { StatusChange } from '../context/status-change.ts'
import type { CallerSignal } from '../lib/caller-signal.ts'
import type { Feed } from '../lib/feed.ts'
import { createPause } from '../lib/pause.ts'

export interface WaitForState {
  /** Reads the connection as this caller, who may have lost the right to since the last look. */
  read(): Promise<ConnectionView>
  feed: Feed<StatusChange>
  concerns(news: StatusChange): boolean
  until: ConnectionView['status']['state']
  waitMs: number
  /** Looks again this often without news: other processes publish theirs elsewhere. */
  recheckMs: number
  /** The caller left. */
  signal: CallerSignal
}

export async function waitForState({ read, feed, concerns, until, waitMs, recheckMs, signal }: WaitForState): Promise<ConnectionView> {
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
      const connection = await read()
      if (connection.status.state === until || over.signal.aborted) return connection
      const pause = createPause(recheckMs, over.signal)
      let heard: IteratorResult<StatusChange> | undefined
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
  }
}
