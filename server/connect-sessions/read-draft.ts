import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import { setupLinkInvalid } from '../connections/authorization/authorization-errors.ts'
import type { House } from '../context/context.ts'
import { draftPlace } from '../vault/connect-place.ts'
import type { CreateConnectSessionInput } from './connect-session-input.ts'

/** What the connection will be made from. */
export interface ConnectionDraft {
  mcpUrl: string
  name?: string | undefined
  metadata?: CreateConnectSessionInput['metadata']
}

/** @throws authorization.link_invalid if the connection was there before */
export async function readDraft(house: House, session: ConnectSessionRow): Promise<ConnectionDraft> {
  if (session.draftSealed === null) throw setupLinkInvalid()
  await house.vault.prepareOrganization(session.organizationId)
  return JSON.parse(house.vault.open(draftPlace(session), session.draftSealed)) as ConnectionDraft
}
