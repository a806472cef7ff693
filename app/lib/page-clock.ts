// What time it is, for a page: the loader's when it was rendered, and from then on the browser's, set by it. So
// the first render says the same on both sides, and a browser whose clock is wrong does not matter.
import { createContext, useContext, useEffect, useState } from 'react'
import { currentTime } from './clock.ts'

const TICK_MS = 15_000

const PageClock = createContext(0)

export const PageClockProvider = PageClock.Provider

/** In ms since 1970; moves on every 15 s. */
export const useNow = (): number => useContext(PageClock)

/** For the root: `loadedAt` is the server's time when it answered. */
export function usePageClock(loadedAt: number): number {
  const [tick, setTick] = useState({ loadedAt, now: loadedAt })
  useEffect(() => {
    const lead = loadedAt - currentTime()
    const timer = setInterval(() => setTick({ loadedAt, now: currentTime() + lead }), TICK_MS)
    return () => clearInterval(timer)
  }, [loadedAt])
  return tick.loadedAt === loadedAt ? tick.now : loadedAt
}
