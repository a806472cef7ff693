// Who we are at an issuer: the client somebody gave us, our metadata document, or a registration that is made
// once and kept, however many people connect at the same moment.
import {
  bindRegistration,
  findConnectionRegistration,
  findOrganizationRegistration,
  findRegistration,
  insertRegistration,
  retireRegistration,
} from '../../../db/queries/client-registrations.ts'
import type { ClientRegistrationRow } from '../../../db/schema/client-registration.ts'
import type { House } from '../../context/context.ts'
import { newId } from '../../lib/ids.ts'
import { chooseAuthMethod, type OAuthClient } from '../../oauth/client.ts'
import type { ServerMetadata } from '../../oauth/discovery/server-metadata.ts'
import { chooseRegistration } from '../../oauth/registration/choose-registration.ts'
import { registerDynamically } from '../../oauth/registration/register-dynamically.ts'
import { registrationPlace } from '../../vault/grant-place.ts'
import type { OAuthWire } from '../../oauth/wire.ts'
import { clientNeeded, clientOfAnotherIssuer } from './authorization-errors.ts'
import { metadataDocumentUrlOf, redirectUriOf } from './redirect-uri.ts'

export interface KnownClient {
  /** Given to this connection, our metadata document, or registered by us. */
  kind: 'given' | 'document' | 'registered'
  client: OAuthClient
  /** Null: the client is our metadata document, which is stored nowhere. */
  registrationId: string | null
  redirectUri: string
}

interface ClientWanted {
  wire: OAuthWire
  /** As the MCP server named it. What its metadata calls itself is never enough to be shown another server's registration. */
  issuer: string
  server: ServerMetadata
  organizationId: string
  connectionUid: string
}

/** @throws authorization.client_needed, oauth.registration_refused, oauth.token_unavailable */
export async function findClient(house: House, wanted: ClientWanted): Promise<KnownClient> {
  const { issuer, server, organizationId, connectionUid } = wanted
  const own = await findConnectionRegistration(house.db, connectionUid)
  if (own) return knownClient(house, await bindToIssuer(house, own, wanted))
  const metadataDocumentUrl = metadataDocumentUrlOf(house, organizationId, issuer)
  const way = chooseRegistration(server, { hasPreregistered: false, metadataDocumentUrl })
  if (way === 'ask') throw clientNeeded()
  if (way === 'dynamic') {
    const flight = `${organizationId} ${issuer}`
    return knownClient(house, await house.flights.registrations.run(flight, () => findOrRegister(house, wanted)))
  }
  const client: OAuthClient = { clientId: metadataDocumentUrl!, clientSecret: undefined, tokenAuthMethod: 'none' }
  return { kind: 'document', client, registrationId: null, redirectUri: redirectUriOf(house, organizationId, issuer) }
}

/** A client that was given for one issuer, or was used at one, is never shown to another. */
async function bindToIssuer(house: House, own: ClientRegistrationRow, { issuer, server }: ClientWanted): Promise<ClientRegistrationRow> {
  if (own.issuer !== '' && own.issuer !== issuer) throw clientOfAnotherIssuer()
  const redirectUri = redirectUriOf(house, own.organizationId, issuer)
  const { clientSecret } = openClient(house, own)
  // Anything but the usual was asked for, or found out at the first sign-in.
  const tokenAuthMethod = own.tokenAuthMethod === 'client_secret_basic' ? chooseAuthMethod(clientSecret, server.tokenAuthMethods) : own.tokenAuthMethod
  const binding = { issuer, redirectUri, tokenAuthMethod }
  if (!(await bindRegistration(house.db, own.id, binding))) throw clientOfAnotherIssuer()
  return { ...own, ...binding }
}

async function findOrRegister(house: House, wanted: ClientWanted): Promise<ClientRegistrationRow> {
  const { wire, issuer, server, organizationId } = wanted
  const name = { organizationId, issuer }
  const redirectUri = redirectUriOf(house, organizationId, issuer)
  const existing = await findOrganizationRegistration(house.db, name)
  if (existing && isUsable(existing, redirectUri, house.now())) return existing
  const { client, secretExpiresAtMs } = await registerDynamically(wire, server, {
    clientName: 'Plugboard',
    clientUri: house.config.publicUrl.origin,
    redirectUri,
  })
  // Kept for the grants that were made with it: without its secret they could not be renewed.
  if (existing) await retireRegistration(house.db, { id: existing.id, at: house.now() })
  await house.vault.prepareOrganization(organizationId)
  const id = newId('reg')
  const row: ClientRegistrationRow = {
    id,
    ...name,
    connectionUid: null,
    redirectUri,
    kind: 'dynamic',
    clientId: client.clientId,
    tokenAuthMethod: client.tokenAuthMethod,
    secretSealed: client.clientSecret === undefined ? null : house.vault.seal(registrationPlace({ organizationId, id }, 'secret_sealed'), client.clientSecret),
    assertionSealed: null,
    secretExpiresAt: secretExpiresAtMs ?? null,
    createdAt: house.now(),
    retiredAt: null,
  }
  if (await insertRegistration(house.db, row)) return row
  // Another process registered at the same moment; one registration serves all.
  return (await findOrganizationRegistration(house.db, name)) ?? findOrRegister(house, wanted)
}

/** PUBLIC_URL may have changed since, and secrets may expire (RFC 7591 §3.2.1). */
const isUsable = (row: ClientRegistrationRow, redirectUri: string, nowMs: number): boolean =>
  row.redirectUri === redirectUri && (row.secretExpiresAt === null || row.secretExpiresAt > nowMs)

const knownClient = (house: House, row: ClientRegistrationRow): KnownClient => ({
  kind: row.connectionUid === null ? 'registered' : 'given',
  client: openClient(house, row),
  registrationId: row.id,
  redirectUri: row.redirectUri,
})

function openClient(house: House, row: ClientRegistrationRow): OAuthClient {
  const { clientId, tokenAuthMethod, secretSealed } = row
  const secret = secretSealed === null ? undefined : house.vault.open(registrationPlace(row, 'secret_sealed'), secretSealed)
  return tokenAuthMethod === 'private_key_jwt' ? { clientId, clientSecret: undefined, privateKey: secret, tokenAuthMethod } : { clientId, clientSecret: secret, tokenAuthMethod }
}

/** The client that a grant was made for; without its registration it is a public one, or lost. */
export async function clientOfGrant(house: House, grant: { registrationId: string | null; clientId: string }): Promise<OAuthClient> {
  const row = grant.registrationId === null ? undefined : await findRegistration(house.db, grant.registrationId)
  return row ? openClient(house, row) : { clientId: grant.clientId, clientSecret: undefined, tokenAuthMethod: 'none' }
}

/** The issuer does not know this client any more (RFC 6749 §5.2 invalid_client): whoever signs in next registers anew. */
export async function retireClient(house: House, registrationId: string | null): Promise<void> {
  if (registrationId !== null) await retireRegistration(house.db, { id: registrationId, at: house.now() })
}
