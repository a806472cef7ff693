// The only copy of a token is in our hands: a disk that is full or a database that is busy gets half a minute, and meanwhile
// the copy lies in the journal, where the next start finds it whatever becomes of this process.
import { storeKeptRenewal, storeRenewal } from '../../../db/queries/oauth-grants.ts'
import type { House } from '../../context/context.ts'
import type { KeptRenewal } from '../../context/refresh-journal.ts'
import { SECOND_MS } from '../../lib/units.ts'
import { waitForTurn } from './wait-for-turn.ts'

const PATIENCE_MS = 30 * SECOND_MS

/** Whether it was stored; not, if our lease ran out and somebody else renewed. @throws what the database says in the end */
export async function storeOrKeep(house: House, entry: KeptRenewal, owner: string): Promise<boolean> {
  const { refreshJournal, flights } = house
  const store = () => storeRenewal(house.db, { ...entry, owner })
  try {
    return await store()
  } catch (error) {
    refreshJournal.keep(entry)
    house.log.error('a renewed token could not be written yet', { error })
  }
  const over = AbortSignal.any([flights.ending, AbortSignal.timeout(PATIENCE_MS)])
  for (let attempt = 0; ; attempt++) {
    const hasTime = await waitForTurn(attempt, over)
    try {
      const isStored = await store()
      refreshJournal.drop(entry)
      return isStored
    } catch (error) {
      if (!hasTime) throw error
    }
  }
}

/** Before a connection's token is renewed again: the refresh token that its row still has was used up. @throws what the database says */
export async function settleKept(house: House, connectionUid: string): Promise<void> {
  const entry = house.refreshJournal.find(connectionUid)
  if (!entry) return
  await storeKeptRenewal(house.db, entry)
  house.refreshJournal.drop(entry)
}

/** At the start, and now and then. Never throws: what cannot be written yet stays where it is. */
export async function settleAllKept(house: House): Promise<void> {
  for (const { connectionUid } of house.refreshJournal.all()) {
    try {
      await settleKept(house, connectionUid)
    } catch (error) {
      house.log.error('a renewed token could not be written yet', { connectionUid, error })
    }
  }
}
