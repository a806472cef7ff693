// A connection without a person gets its next token by the same request as its first. Nobody sees how that went but in the
// status, so it says what was refused, until it is granted again.
import { setConnectionStatus } from '../../../db/queries/connections.ts'
import type { ConnectionRow } from '../../../db/schema/connection.ts'
import type { House } from '../../context/context.ts'
import { type AppError, toAppError } from '../../lib/app-error.ts'
import type { ConnectionStatus } from '../connection-view.ts'
import { publishStatus } from '../publish-status.ts'
import { recordStatus } from '../record-status.ts'
import { statusOfFailure } from '../status-of-failure.ts'
import { askedTooOften, clientRefused, identityRefused } from './authorization-errors.ts'
import { type MachineConnection, obtainMachineGrant } from './obtain-machine-grant.ts'
import { renewGrant } from './renew-grant.ts'

interface Renewal {
  /** Of the grant, if there is one. */
  generation: number | undefined
  /** The status is in other hands. */
  quietly?: boolean
}

/** @throws authorization.*, oauth.* */
export async function renewMachine(house: House, row: MachineConnection, { generation, quietly = false }: Renewal): Promise<void> {
  try {
    await (generation === undefined ? obtainMachineGrant(house, row) : renewGrant(house, { connectionUid: row.uid, generation }))
  } catch (error) {
    const failure = toAppError(error)
    // It was refused a moment ago and is left in peace for a while: what was said then still holds.
    const known = failure.code === 'oauth.token_unavailable' ? knownRefusal(row) : undefined
    if (!quietly) await noteRefusal(house, row, failure)
    throw known ?? failure
  }
  // Of one that had no token, whatever kept it from one is over.
  const wasWaiting = generation === undefined || knownRefusal(row) !== undefined
  if (!quietly && wasWaiting && row.state !== 'connected') await note(house, row, { state: 'connected' })
}

/** A server that refuses each token must not be a reason to ask for one with every call. @throws authorization.asked_too_often */
export function countEarlyRenewal(house: House, row: ConnectionRow): void {
  const wait = house.attempts.atEarlyRenewal.take(row.uid)
  if (wait !== undefined) throw askedTooOften(wait)
}

/** What keeps the connection from working until somebody does something; an outage passes. */
const LASTING = new Set(['authorization.client_refused', 'authorization.identity_refused', 'authorization.token_unwelcome', 'authorization.client_of_another_issuer'])

const saidBy = (status: ConnectionStatus): string | undefined =>
  status.state === 'error' ? status.message : status.state === 'auth_required' ? status.reason : undefined

export const isLastingRefusal = ({ code }: AppError): boolean => LASTING.has(code)

/** What its status says was refused; the next token shows that it is over. */
const knownRefusal = (row: ConnectionRow): AppError | undefined =>
  [clientRefused(), identityRefused()].find(({ message }) => message === saidBy(row.status as ConnectionStatus))

export async function noteRefusal(house: House, row: MachineConnection, failure: AppError): Promise<void> {
  const status = statusOfFailure(failure)
  // One write for it, not one for each call.
  if (isLastingRefusal(failure) && saidBy(row.status as ConnectionStatus) !== saidBy(status)) await note(house, row, status)
}

/** The caller hears what was refused, whether or not it can be written down. */
async function note(house: House, row: MachineConnection, status: ConnectionStatus): Promise<void> {
  try {
    await setConnectionStatus(house.db, { uid: row.uid, expectedRevision: row.revision, status, at: house.now() })
    recordStatus(house, { ...row, status }, row.state)
    publishStatus(house, { ...row, status })
  } catch (error) {
    house.log.error('what became of a token could not be noted', { connectionUid: row.uid, error })
  }
}
