// What a link shows before anybody says yes. Reads only: mail scanners open links, too.
import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import { describeSetup, type SetupVisit } from '../connections/authorization/describe-setup.ts'
import type { House } from '../context/context.ts'
import { openLink } from './open-link.ts'
import { readDraft } from './read-draft.ts'
import { returnUrlOf } from './return-address.ts'

export interface LinkVisit {
  visit: SetupVisit
  /** Whether the yes itself will show what the server wants: there is no connection yet that could have been asked. */
  isOpen: boolean
  /** Where the person may be sent from here, beside the authorization server. */
  returnUrl: string | undefined
}

/** `undefined` for a link that does not work any more. */
export async function visitLink(house: House, token: string): Promise<LinkVisit | undefined> {
  const link = await openLink(house, token)
  if (!link) return undefined
  const { session, connection } = link
  const visit = await describeSetup(house, connection ?? (await subjectOf(house, session!)))
  return { visit, isOpen: !connection, returnUrl: session && (await returnUrlOf(house, session)) }
}

async function subjectOf(house: House, session: ConnectSessionRow) {
  const { mcpUrl, name } = await readDraft(house, session)
  return { organizationId: session.organizationId, mcpUrl, name: name ?? new URL(mcpUrl).host }
}
