// A person came back from the authorization server. What becomes of their grant depends on what sent them: a
// connection's own link, a session that completes itself, or one for which the app's backend has the last word.
import { findConnectionByUid } from '../../db/queries/connections.ts'
import { findConnectSession } from '../../db/queries/connect-sessions.ts'
import type { AuthorizationRequestRow } from '../../db/schema/authorization-request.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { ConnectOutcome, ConnectSessionRow } from '../../db/schema/connect-session.ts'
import { activateGrant } from '../connections/activate-grant.ts'
import { authorizationRequestNotFound } from '../connections/authorization/authorization-errors.ts'
import { redeemCode } from '../connections/authorization/redeem-code.ts'
import { type AuthorizationAnswer, takeRequest } from '../connections/authorization/take-request.ts'
import type { ConnectionStatus } from '../connections/connection-view.ts'
import type { House } from '../context/context.ts'
import { type AppError, toAppError } from '../lib/app-error.ts'
import type { FlowTrace } from '../trace/flow-trace.ts'
import { nowhereToReturn } from './connect-session-errors.ts'
import { holdRedemption } from './held-redemption.ts'
import { completesItself } from './open-link.ts'
import { returnUrlOf, withNews } from './return-address.ts'
import { settleConnectSession } from './settle-connect-session.ts'

export interface FinishedSignIn {
  namespace: string
  connectionId: string
  status: ConnectionStatus
  /** With the news appended; undefined if nobody wants the person back. */
  returnUrl: string | undefined
}

/** @throws authorization.request_not_found, authorization.already_done; oauth.* if there is nowhere to return to */
export async function finishSignIn(house: House, answer: AuthorizationAnswer): Promise<FinishedSignIn> {
  const request = await takeRequest(house, answer)
  const stored = await findConnectionByUid(house.db, { uid: request.connectionUid })
  if (!stored) throw authorizationRequestNotFound()
  const { connection } = stored
  const { connectSessionId } = request
  const trace = house.traces.startFlow('authorization', connection, request.id)
  if (connectSessionId === null) return finishSetupLink(house, { request, connection, trace }, answer.parameters)
  const session = await findConnectSession(house.db, connectSessionId)
  if (!session || session.outcome !== null || session.endsAt <= house.now()) throw authorizationRequestNotFound()
  return finishSession(house, { request, connection, trace, session }, answer.parameters)
}

interface Finishing {
  request: AuthorizationRequestRow
  connection: ConnectionRow
  trace: FlowTrace
}

async function finishSetupLink(house: House, { request, connection, trace }: Finishing, parameters: URLSearchParams): Promise<FinishedSignIn> {
  if (!(await completesItself(house, connection))) throw authorizationRequestNotFound()
  return finished(await activateGrant(house, await redeemCode(house, request, parameters, trace), trace), undefined)
}

async function finishSession(house: House, finishing: Finishing & { session: ConnectSessionRow }, parameters: URLSearchParams): Promise<FinishedSignIn> {
  const { request, connection, trace, session } = finishing
  const { connectionId } = connection
  const returnUrl = await returnUrlOf(house, session)
  const back = (news: Omit<Parameters<typeof withNews>[1], 'connectionId'>) => returnUrl && withNews(returnUrl, { connectionId, ...news })
  try {
    if (session.completion === 'backend') {
      if (returnUrl === undefined) throw nowhereToReturn()
      const code = await holdRedemption(house, session, await redeemCode(house, request, parameters, trace), trace)
      return finished(connection, back({ status: 'pending', completion: { connectSessionId: session.id, code } }))
    }
    const active = await activateGrant(house, await redeemCode(house, request, parameters, trace), trace)
    await settleConnectSession(house, session, 'completed')
    return finished(active, back({ status: 'completed' }))
  } catch (thrown) {
    const error = toAppError(thrown)
    const outcome = outcomeOf(error)
    if (outcome === undefined) throw error
    await settleConnectSession(house, session, outcome, error)
    if (returnUrl === undefined) throw error
    if (error.kind === 'internal') house.log.error('a sign-in failed', { connectSessionId: session.id, error: error.cause ?? error })
    return finished(connection, back({ status: outcome }))
  }
}

/** Undefined: somebody finished it in another window, and that is how it went. */
function outcomeOf({ code }: AppError): Extract<ConnectOutcome, 'cancelled' | 'failed'> | undefined {
  if (code === 'authorization.already_done') return undefined
  return code === 'oauth.authorization_refused' ? 'cancelled' : 'failed'
}

const finished = ({ namespace, connectionId, status }: ConnectionRow, returnUrl: string | undefined): FinishedSignIn => ({
  namespace,
  connectionId,
  status: status as ConnectionStatus,
  returnUrl,
})
