// Renewal beside all calls: a connection that is in use never waits for a token, and one that is not is renewed often
// enough for its refresh token to stay alive. A few at a time, however many there are.
import { listDueGrants, postponeRenewal, type DueGrant } from '../../../db/queries/oauth-grants.ts'
import { findConnectionByUid } from '../../../db/queries/connections.ts'
import type { House } from '../../context/context.ts'
import { isAppError } from '../../lib/app-error.ts'
import { DAY_MS } from '../../lib/units.ts'
import { forgetHandle } from '../find-handle.ts'
import { isMachine } from './obtain-machine-grant.ts'
import { KEEP_ALIVE_MS } from './refresh-time.ts'
import { renewGrant } from './renew-grant.ts'
import { renewMachine } from './renew-machine.ts'
import { settleAllKept } from './store-or-keep.ts'
import { requireAuthorization } from './require-authorization.ts'

const AT_ONCE = 8
const PER_RUN = 40
const IN_USE_MS = DAY_MS

/** Never throws for one grant: the others have their turn. */
export async function renewDueGrants(house: House): Promise<void> {
  await settleAllKept(house)
  const due = await listDueGrants(house.db, { at: house.db.now(), limit: PER_RUN })
  const queue = due.values()
  const work = async () => {
    for (const grant of queue) {
      if (house.flights.ending.aborted) return
      await renewOne(house, grant)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

async function renewOne(house: House, grant: DueGrant): Promise<void> {
  const nowMs = house.db.now()
  const isInUse = grant.lastUsedAt !== null && nowMs - grant.lastUsedAt < IN_USE_MS
  if (!isInUse && nowMs < grant.updatedAt + KEEP_ALIVE_MS) {
    return postponeRenewal(house.db, { ...grant, refreshAt: grant.updatedAt + KEEP_ALIVE_MS })
  }
  const stored = await findConnectionByUid(house.db, { uid: grant.connectionUid })
  if (!stored) return
  try {
    await (isMachine(stored.connection) ? renewMachine(house, stored.connection, { generation: grant.generation }) : renewGrant(house, grant))
  } catch (error) {
    if (isAppError(error) && error.code === 'connection.auth_required') await requireAuthorization(house, stored.connection)
    else house.log.info('a token could not be renewed yet', { connectionUid: grant.connectionUid, error })
  } finally {
    forgetHandle(house, stored.connection)
  }
}
