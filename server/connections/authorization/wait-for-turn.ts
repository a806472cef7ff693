import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

const FIRST_MS = 10
const LONGEST_MS = 200
const MAX_ATTEMPTS = 120

/** A moment, longer each time. False once it has been about as long as a lease may last, or as soon as nobody has time any more. */
export async function waitForTurn(attempt: number, over: AbortSignal): Promise<boolean> {
  if (attempt >= MAX_ATTEMPTS || over.aborted) return false
  const longest = Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS)
  await pause(randomInt(Math.ceil(longest / 2), longest + 1), undefined, { signal: over }).catch(() => undefined)
  return !over.aborted
}
