// A person came back from the authorization server: the grant is stored, then the server is asked whether it works.
import { findConnectionByUid } from '../../db/queries/connections.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { House } from '../context/context.ts'
import type { FlowTrace } from '../trace/flow-trace.ts'
import type { Redemption } from './authorization/redeem-code.ts'
import { storeRedemption } from './authorization/store-redemption.ts'
import { connectionNotFound } from './connection-errors.ts'
import { forgetHandle, readHandle } from './find-handle.ts'
import { settleConnection } from './settle-connection.ts'

/** The connection as it is then. `heldFor`: the connect session for which the tokens were held. @throws authorization.already_done, connection.not_found */
export async function activateGrant(house: House, redemption: Redemption, trace: FlowTrace, heldFor?: string): Promise<ConnectionRow> {
  const { connectionUid } = redemption.terms
  await storeRedemption(house, redemption, trace, heldFor)
  const stored = await findConnectionByUid(house.db, { uid: connectionUid })
  if (!stored) throw connectionNotFound()
  // Sessions that another account opened end here.
  forgetHandle(house, stored.connection)
  house.pool.dropConnection(connectionUid)
  const handle = await readHandle(house, stored.connection)
  if (handle?.row.uid !== connectionUid) throw connectionNotFound()
  return settleConnection(house, handle.row, handle.target, `setup:${connectionUid}`)
}
