// A person came back from the authorization server. What becomes of their grant depends on what sent them: a
// connection's own link, a session that completes itself, or one for which the app's backend has the last word.
import { findConnectionByUid } from '../../db/queries/connections.ts'
import { findConnectSession } from '../../db/queries/connect-sessions.ts'
import type { AuthorizationRequestRow } from '../../db/schema/authorization-request.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { ConnectOutcome, ConnectSessionRow } from '../../db/schema/connect-session.ts'
import { activateGrant } from '../connections/activate-grant.ts'
import { authorizationRequestNotFound } from '../connections/authorization/authorization-errors.ts'
import { type Redemption, redeemCode } from '../connections/authorization/redeem-code.ts'
import { type AuthorizationAnswer, takeRequest } from '../connections/authorization/take-request.ts'
import type { ConnectionStatus } from '../connections/connection-view.ts'
import { personSource } from '../audit/audit-entry.ts'
import type { House } from '../context/context.ts'
import { type AppError, toAppError } from '../lib/app-error.ts'
import type { ReadOrigin } from '../lib/request-origin.ts'
import type { FlowTrace } from '../trace/flow-trace.ts'
import { nowhereToReturn, sentByNobody } from './connect-session-errors.ts'
import { findLinkMinter } from './find-link-minter.ts'
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

type CameBack = AuthorizationAnswer & { readOrigin?: ReadOrigin | undefined }

/** @throws authorization.request_not_found, authorization.already_done; oauth.* if there is nowhere to return to */
export async function finishSignIn(house: House, answer: CameBack): Promise<FinishedSignIn> {
  const request = await takeRequest(house, answer)
  const stored = await findConnectionByUid(house.db, { uid: request.connectionUid })
  if (!stored) throw authorizationRequestNotFound()
  const { connection } = stored
  const { connectSessionId } = request
  const trace = house.traces.startFlow('authorization', connection, request.id)
  const finishing = { connection, trace, redeem: () => redeemConsent(house, { request, connection, trace }, answer) }
  if (connectSessionId === null) return finishSetupLink(house, finishing)
  const session = await findConnectSession(house.db, connectSessionId)
  if (!session || session.outcome !== null || session.endsAt <= house.now()) throw authorizationRequestNotFound()
  return finishSession(house, { ...finishing, session })
}

/** What the person said at the authorization server, and what it made of that. */
async function redeemConsent(
  house: House,
  { request, connection: { uid, namespace, connectionId }, trace }: { request: AuthorizationRequestRow; connection: ConnectionRow; trace: FlowTrace },
  { parameters, readOrigin }: CameBack,
): Promise<Redemption> {
  const source = personSource(request.organizationId, readOrigin)
  const note = { action: 'grant.consent', target: { kind: 'connection', id: connectionId }, namespace, details: { uid, issuer: request.issuer } } as const
  try {
    const redemption = await redeemCode(house, request, parameters, trace)
    house.audit.note(source, note)
    return redemption
  } catch (error) {
    const { code } = toAppError(error)
    house.audit.note(source, { ...note, result: code === 'oauth.authorization_refused' ? 'denied' : 'failed', code })
    throw error
  }
}

interface Finishing {
  connection: ConnectionRow
  trace: FlowTrace
  redeem: () => Promise<Redemption>
}

async function finishSetupLink(house: House, { connection, trace, redeem }: Finishing): Promise<FinishedSignIn> {
  if (!(await completesItself(house, connection))) throw authorizationRequestNotFound()
  return finished(await activateGrant(house, await redeem(), trace), undefined)
}

async function finishSession(house: House, { connection, session, trace, redeem }: Finishing & { session: ConnectSessionRow }): Promise<FinishedSignIn> {
  const { connectionId } = connection
  const returnUrl = await returnUrlOf(house, session)
  const back = (news: Omit<Parameters<typeof withNews>[1], 'connectionId'>) => returnUrl && withNews(returnUrl, { connectionId, ...news })
  try {
    // Before the code is used: then there is nothing to give back.
    if (!(await findLinkMinter(house, session, connection))) throw sentByNobody()
    if (session.completion === 'backend') {
      if (returnUrl === undefined) throw nowhereToReturn()
      const code = await holdRedemption(house, session, await redeem(), trace)
      return finished(connection, back({ status: 'pending', completion: { connectSessionId: session.id, code } }))
    }
    const active = await activateGrant(house, await redeem(), trace)
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
