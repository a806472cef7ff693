// Waiting for a lock that someone else holds without holding up the event loop: the client's own
// `timeout` is a busy wait that stops every request of the process.
import { isBusy } from './errors.ts'

export type Sleep = (delayMs: number) => Promise<void>

export const realSleep: Sleep = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs))

/** How long a caller waits for the lock before it is told to come back. */
export const BUSY_PATIENCE_MS = 2000
const FIRST_DELAY_MS = 5
const LONGEST_DELAY_MS = 100

/** Runs `attempt` until it is not refused with SQLITE_BUSY, or patience ends: then that error is thrown. */
export async function retryBusy<T>(attempt: () => Promise<T>, sleep: Sleep): Promise<T> {
  let waitedMs = 0
  for (let ceilingMs = FIRST_DELAY_MS; ; ceilingMs = Math.min(ceilingMs * 2, LONGEST_DELAY_MS)) {
    try {
      return await attempt()
    } catch (error) {
      if (!isBusy(error) || waitedMs >= BUSY_PATIENCE_MS) throw error
    }
    // Half of it by chance: writers that collided do not meet again.
    const delayMs = (ceilingMs + Math.random() * ceilingMs) / 2
    waitedMs += delayMs
    await sleep(delayMs)
  }
}
