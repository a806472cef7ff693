// A client that somebody registered by hand and types on the connect page, for this connection alone.
import { z } from 'zod'
import { findConnectionRegistration, putOwnRegistration } from '../../../db/queries/client-registrations.ts'
import type { StoredConnection } from '../../../db/queries/connections.ts'
import type { House } from '../../context/context.ts'
import { invalidInput } from '../../lib/app-error.ts'
import { connectionChangedMeanwhile } from '../connection-errors.ts'
import { clientId, clientSecret } from '../oauth-input.ts'
import { mayEnterClient } from './ask-for-client.ts'
import type { Authorization } from './discover-authorization.ts'
import { newOwnRegistration } from './own-client.ts'

/** As they were typed; a public client has no secret. */
export interface EnteredClient {
  clientId: string
  clientSecret: string
}

const entered = z.strictObject({ clientId, clientSecret: z.union([z.literal(''), clientSecret], { error: 'may only hold visible ASCII characters' }) })

/** Only where the page asks for it. For the server that is in front of us now: it is never shown to another. @throws input.invalid */
export async function enterClient(house: House, { connection, grant }: StoredConnection, { issuer, server }: Authorization, typed: EnteredClient): Promise<void> {
  const { uid: connectionUid, organizationId, revision } = connection
  const own = await findConnectionRegistration(house.db, connectionUid)
  if (!mayEnterClient(house, { issuer, server, organizationId, own, hasGrant: grant !== null })) return
  const read = entered.safeParse(typed)
  if (!read.success) {
    const [issue] = read.error.issues
    throw invalidInput(String(issue?.path[0] ?? 'clientId'), issue?.message ?? 'is not valid')
  }
  const { clientSecret: secret, clientId: id } = read.data
  const client = { clientId: id, ...(secret !== '' && { clientSecret: secret }), issuer }
  const registration = newOwnRegistration(house, { organizationId, connectionUid, client, kind: 'entered' })
  if (!(await putOwnRegistration(house.db, { uid: connectionUid, revision }, registration))) throw connectionChangedMeanwhile()
}
