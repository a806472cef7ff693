// Tokens that wait for the app's backend to say that the right person gave them, and the code with which it says so.
import { deleteHeldGrant, findHeldGrant, holdGrant } from '../../db/queries/held-grants.ts'
import { findConnectionByUid } from '../../db/queries/connections.ts'
import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import type { HeldGrantRow } from '../../db/schema/held-grant.ts'
import { alreadyAuthorized } from '../connections/authorization/authorization-errors.ts'
import type { Redemption } from '../connections/authorization/redeem-code.ts'
import { giveBackRedemption } from '../connections/authorization/store-redemption.ts'
import type { House } from '../context/context.ts'
import { digestOfToken, newSecretToken } from '../identity/secret-token.ts'
import { MINUTE_MS } from '../lib/units.ts'
import { type FlowTrace, untraced } from '../trace/flow-trace.ts'
import { heldGrantPlace } from '../vault/connect-place.ts'

const HELD_MS = 10 * MINUTE_MS

/** The code, which is stored nowhere. @throws authorization.already_done */
export async function holdRedemption(house: House, { id, organizationId }: ConnectSessionRow, redemption: Redemption, trace: FlowTrace): Promise<string> {
  const code = newSecretToken()
  const createdAt = house.now()
  const row: HeldGrantRow = {
    connectSessionId: id,
    organizationId,
    sealed: house.vault.seal(heldGrantPlace({ organizationId, id }), JSON.stringify(redemption)),
    createdAt,
    expiresAt: createdAt + HELD_MS,
  }
  if (await holdGrant(house.db, { row, codeHash: digestOfToken(code) })) {
    trace.note('grant', 'grant_held')
    return code
  }
  await giveBackRedemption(house, redemption, trace)
  throw alreadyAuthorized()
}

/** As it is held now. */
export async function findHeldRedemption(house: House, connectSessionId: string): Promise<{ row: HeldGrantRow; redemption: Redemption } | undefined> {
  const row = await findHeldGrant(house.db, connectSessionId)
  return row && { row, redemption: await openHeld(house, row) }
}

/** Erased first, so that no outage of the authorization server keeps them here; then given back, by one caller alone. */
export async function dropHeldGrant(house: House, row: HeldGrantRow): Promise<boolean> {
  if (!(await deleteHeldGrant(house.db, row))) return false
  try {
    const redemption = await openHeld(house, row)
    await giveBackRedemption(house, redemption, await traceOf(house, redemption))
  } catch (error) {
    house.log.warn('tokens that were held could not be given back', { connectSessionId: row.connectSessionId, error })
  }
  return true
}

/** The sign-in that they came of goes on. It may outlive its connection. */
export async function traceOf(house: House, { flowId, terms }: Redemption): Promise<FlowTrace> {
  const stored = await findConnectionByUid(house.db, { uid: terms.connectionUid })
  return stored ? house.traces.startFlow('authorization', stored.connection, flowId) : untraced
}

async function openHeld(house: House, { connectSessionId: id, organizationId, sealed }: HeldGrantRow): Promise<Redemption> {
  await house.vault.prepareOrganization(organizationId)
  return JSON.parse(house.vault.open(heldGrantPlace({ organizationId, id }), sealed)) as Redemption
}
