// Nobody completed it in time: the tokens are given back and erased.
import { deleteOldConnectSessions, findConnectSession } from '../../db/queries/connect-sessions.ts'
import { listOverdueGrants } from '../../db/queries/held-grants.ts'
import type { House } from '../context/context.ts'
import { DAY_MS } from '../lib/units.ts'
import { dropHeldGrant } from './held-redemption.ts'
import { settleConnectSession } from './settle-connect-session.ts'

const PER_RUN = 40
/** Long enough to see how it went. */
const KEPT_MS = 7 * DAY_MS

/** Run now and then; a slow round is not joined by a second. */
export const endHeldGrants = (house: House): Promise<void> => house.flights.rounds.run('held grants', () => endRound(house))

async function endRound(house: House): Promise<void> {
  const overdue = await listOverdueGrants(house.db, { at: house.now(), limit: PER_RUN })
  await Promise.all(
    overdue.map(async (row) => {
      if (!(await dropHeldGrant(house, row))) return
      const session = await findConnectSession(house.db, row.connectSessionId)
      if (session) await settleConnectSession(house, session, 'expired')
    }),
  )
}

/** What is over for a week. */
export async function pruneConnectSessions(house: House): Promise<void> {
  await deleteOldConnectSessions(house.db, house.now() - KEPT_MS)
}
