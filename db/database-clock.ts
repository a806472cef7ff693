// One clock for what several processes must agree on, such as who renews a grant and until when: the database's. It is not
// asked for each statement; its distance from ours is measured, so that our clock can be moved by a test or be wrong.
import type { Now } from '../server/lib/clock.ts'
import type { Lane } from './lane.ts'

export interface DatabaseClock {
  now: Now
  /** Measures again: either clock may have been set. */
  compare(): Promise<void>
}

/** Whoever has the file has it alone. */
export const ownClock = (now: Now): DatabaseClock => ({ now, compare: async () => undefined })

export async function openServerClock(reader: Lane, now: Now): Promise<DatabaseClock> {
  let aheadMs = 0
  const clock: DatabaseClock = {
    now: () => now() + aheadMs,
    async compare() {
      const askedMs = now()
      const { rows } = await reader.run((client) => client.execute(`SELECT unixepoch('subsec') * 1000`))
      aheadMs = Math.round(Number(rows[0]?.[0]) - (askedMs + now()) / 2)
    },
  }
  await clock.compare()
  return clock
}
