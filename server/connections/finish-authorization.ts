// A person came back from the authorization server: the grant is stored, then the server is asked whether it works.
import { findConnectionByUid } from '../../db/queries/connections.ts'
import type { House } from '../context/context.ts'
import { completeAuthorization, type AuthorizationAnswer } from './authorization/complete-authorization.ts'
import { connectionNotFound } from './connection-errors.ts'
import type { ConnectionStatus } from './connection-view.ts'
import { forgetHandle, readHandle } from './find-handle.ts'
import { settleConnection } from './settle-connection.ts'

export interface FinishedAuthorization {
  namespace: string
  connectionId: string
  status: ConnectionStatus
  returnUrl: string | undefined
}

/** @throws authorization.request_not_found, authorization.already_done, oauth.*, connection.not_found */
export async function finishAuthorization(house: House, answer: AuthorizationAnswer): Promise<FinishedAuthorization> {
  const { connectionUid, returnUrl } = await completeAuthorization(house, answer)
  const stored = await findConnectionByUid(house.db, { uid: connectionUid })
  if (!stored) throw connectionNotFound()
  // Sessions that another account opened end here.
  forgetHandle(house, stored.connection)
  house.pool.dropConnection(connectionUid)
  const handle = await readHandle(house, stored.connection)
  if (handle?.row.uid !== connectionUid) throw connectionNotFound()
  const { namespace, connectionId, status } = await settleConnection(house, handle.row, handle.target, `setup:${connectionUid}`)
  return { namespace, connectionId, status: status as ConnectionStatus, returnUrl }
}
