// The app's backend says that the person who came back is the one it sent. Until then nobody could use what was granted:
// a link that was forwarded connects nobody's account to somebody else's name.
import { redeemCompletionCode } from '../../db/queries/held-grants.ts'
import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import { activateGrant } from '../connections/activate-grant.ts'
import { isSameHash } from '../connections/authorization/browser-binding.ts'
import type { Context } from '../context/context.ts'
import { digestOfToken } from '../identity/secret-token.ts'
import { toAppError } from '../lib/app-error.ts'
import { MINUTE_MS } from '../lib/units.ts'
import { requireApiKey } from '../policy/authorize.ts'
import type { CompleteConnectSessionInput } from './connect-session-input.ts'
import { anotherPerson, completionCodeWrong, nothingToComplete } from './connect-session-errors.ts'
import { type ConnectSessionView, connectSessionViewOf } from './connect-session-view.ts'
import { connectionOf, requireConnectSession } from './get-connect-session.ts'
import { dropHeldGrant, findHeldRedemption, traceOf } from './held-redemption.ts'
import { personDigest } from './person-digest.ts'
import { settleConnectSession } from './settle-connect-session.ts'

/** In which the tokens move to the connection; then they are given back after all. */
const MOVING_MS = MINUTE_MS

/**
 * @throws connect_session.not_found, nothing_to_complete, code_wrong; connect_session.another_person, and then the tokens are
 * given back; authorization.already_done
 */
export async function completeConnectSession(context: Context, input: CompleteConnectSessionInput & { connectSessionId: string }): Promise<ConnectSessionView> {
  const session = await requireConnectSession(context, input.connectSessionId, 'write')
  requireApiKey(context.actor)
  const { id, organizationId, codeHash } = session
  const held = codeHash === null || session.outcome !== null ? undefined : await findHeldRedemption(context, id)
  if (codeHash === null || !held || held.row.expiresAt <= context.now()) throw nothingToComplete()
  if (!isSameHash(digestOfToken(input.code), codeHash)) throw completionCodeWrong()
  if (personDigest(context.vault, organizationId, input.person) !== session.personDigest) {
    if (await dropHeldGrant(context, held.row)) await settleConnectSession(context, session, 'failed', anotherPerson())
    throw anotherPerson()
  }
  const at = context.now()
  if (!(await redeemCompletionCode(context.db, { id, codeHash, at, until: at + MOVING_MS }))) throw nothingToComplete()
  return complete(context, session, held.redemption)
}

async function complete(context: Context, session: ConnectSessionRow, redemption: Parameters<typeof activateGrant>[1]): Promise<ConnectSessionView> {
  try {
    await activateGrant(context, redemption, await traceOf(context, redemption), session.id)
  } catch (error) {
    await settleConnectSession(context, session, 'failed', toAppError(error))
    throw error
  }
  context.audit.note(context, { action: 'connect_session.complete', target: { kind: 'connect_session', id: session.id }, namespace: session.namespace })
  await settleConnectSession(context, session, 'completed')
  const done = await requireConnectSession(context, session.id, 'read')
  return connectSessionViewOf(context, done, await connectionOf(context, done))
}
