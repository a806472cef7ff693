// A connection's own client: registered by hand, and told to us through the API or on the connect page.
import { findConnectionRegistration } from '../../../db/queries/client-registrations.ts'
import type { ClientRegistrationRow } from '../../../db/schema/client-registration.ts'
import type { House } from '../../context/context.ts'
import { newId } from '../../lib/ids.ts'
import { registrationPlace } from '../../vault/grant-place.ts'
import type { OAuthClientInput } from '../oauth-input.ts'

interface OwnClient {
  organizationId: string
  connectionUid: string
  client: OAuthClientInput
  kind: 'preregistered' | 'entered'
}

/** To be stored. Which issuer it is for, if nobody said, and how it proves itself there, shows at the first sign-in. */
export function newOwnRegistration(house: House, { organizationId, connectionUid, client, kind }: OwnClient): ClientRegistrationRow {
  const id = newId('reg')
  const { clientId, clientSecret, issuer = '' } = client
  return {
    id,
    organizationId,
    connectionUid,
    issuer,
    redirectUri: '',
    kind,
    clientId,
    tokenAuthMethod: clientSecret === undefined ? 'none' : 'client_secret_basic',
    secretSealed: clientSecret === undefined ? null : house.vault.seal(registrationPlace({ organizationId, id }), clientSecret),
    secretExpiresAt: null,
    createdAt: house.now(),
    retiredAt: null,
  }
}

/** `undefined` if this very client is stored already: sign-ins that are under way with it go on. */
export async function changedRegistration(house: House, own: OwnClient): Promise<ClientRegistrationRow | undefined> {
  const stored = await findConnectionRegistration(house.db, own.connectionUid)
  const { clientId, clientSecret, issuer } = own.client
  const secret = stored && stored.secretSealed !== null ? house.vault.open(registrationPlace(stored), stored.secretSealed) : undefined
  const isSame = stored?.clientId === clientId && secret === clientSecret && (issuer === undefined || stored.issuer === issuer)
  return isSame ? undefined : newOwnRegistration(house, own)
}
