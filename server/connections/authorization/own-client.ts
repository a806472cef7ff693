// A connection's own client: registered by hand, and told to us through the API or on the connect page.
import { findConnectionRegistration } from '../../../db/queries/client-registrations.ts'
import type { ClientRegistrationRow } from '../../../db/schema/client-registration.ts'
import type { House } from '../../context/context.ts'
import { newId } from '../../lib/ids.ts'
import type { TokenAuthMethod } from '../../oauth/client.ts'
import { readPrivateKey } from '../../oauth/private-key.ts'
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
  const { clientId, issuer = '' } = client
  const { secret, assertion } = secretsOf(client)
  const seal = (column: 'secret_sealed' | 'assertion_sealed', text: string | undefined) =>
    text === undefined ? null : house.vault.seal(registrationPlace({ organizationId, id }, column), text)
  return {
    id,
    organizationId,
    connectionUid,
    issuer,
    redirectUri: '',
    kind,
    clientId,
    tokenAuthMethod: authMethodOf(client),
    secretSealed: seal('secret_sealed', secret),
    assertionSealed: seal('assertion_sealed', assertion),
    secretExpiresAt: null,
    createdAt: house.now(),
    retiredAt: null,
  }
}

const authMethodOf = ({ clientSecret, privateKey, tokenAuthMethod = 'client_secret_basic' }: OAuthClientInput): TokenAuthMethod =>
  privateKey !== undefined ? 'private_key_jwt' : clientSecret === undefined ? 'none' : tokenAuthMethod

/** `undefined` if this very client is stored already: sign-ins that are under way with it go on. */
export async function changedRegistration(house: House, own: OwnClient): Promise<ClientRegistrationRow | undefined> {
  const stored = await findConnectionRegistration(house.db, own.connectionUid)
  const open = (column: 'secret_sealed' | 'assertion_sealed', sealed: string | null | undefined) =>
    stored && sealed ? house.vault.open(registrationPlace(stored, column), sealed) : undefined
  const { clientId, issuer, tokenAuthMethod } = own.client
  const { secret, assertion } = secretsOf(own.client)
  const hasSameSecrets = open('secret_sealed', stored?.secretSealed) === secret && open('assertion_sealed', stored?.assertionSealed) === assertion
  const isSentAlike = tokenAuthMethod === undefined || stored?.tokenAuthMethod === tokenAuthMethod
  const isSame = stored?.clientId === clientId && hasSameSecrets && isSentAlike && (issuer === undefined || stored.issuer === issuer)
  return isSame ? undefined : newOwnRegistration(house, own)
}

/** Whom a machine speaks for: what it shows to the authorization server, or what it gets that for. */
export type AssertionSource = Pick<OAuthClientInput, 'assertion' | 'identity'>

function secretsOf({ clientSecret, privateKey, assertion, identity }: OAuthClientInput): { secret: string | undefined; assertion: string | undefined } {
  const source: AssertionSource | undefined = assertion === undefined && identity === undefined ? undefined : { assertion, identity }
  return {
    secret: privateKey === undefined ? clientSecret : readPrivateKey(privateKey),
    assertion: source && JSON.stringify(source),
  }
}

export const openAssertionSource = (house: House, row: ClientRegistrationRow & { assertionSealed: string }): AssertionSource =>
  JSON.parse(house.vault.open(registrationPlace(row, 'assertion_sealed'), row.assertionSealed)) as AssertionSource
