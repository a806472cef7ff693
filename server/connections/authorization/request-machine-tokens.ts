// A token without a person: asked for in the client's own name (RFC 6749 §4.4), or with an assertion of whom it acts for
// (RFC 7523 §2.1), which the identity provider of an organization may have to make first.
import { findRegistration } from '../../../db/queries/client-registrations.ts'
import type { MachineGrant } from '../../../db/schema/connection.ts'
import type { House } from '../../context/context.ts'
import { type AppError, toAppError } from '../../lib/app-error.ts'
import { chooseAuthMethod } from '../../oauth/client.ts'
import { readServerMetadata } from '../../oauth/discovery/server-metadata.ts'
import { type MachineRequest, requestClientCredentials } from '../../oauth/grant/client-credentials.ts'
import { exchangeIdToken } from '../../oauth/grant/exchange-id-token.ts'
import { requestWithAssertion } from '../../oauth/grant/jwt-bearer.ts'
import type { TokenSet } from '../../oauth/grant/token-response.ts'
import type { NoteExchange } from '../../oauth/trace/exchange.ts'
import { traceWire } from '../../oauth/trace/traced-wire.ts'
import type { OAuthWire } from '../../oauth/wire.ts'
import { clientRefused, identityRefused } from './authorization-errors.ts'
import { createOAuthWire, trustOf } from './oauth-wire.ts'
import { type AssertionSource, openAssertionSource } from './own-client.ts'

interface MachineTokens extends MachineRequest {
  wire: OAuthWire
  note: NoteExchange
  registrationId: string | null
  machineGrant: MachineGrant
}

/** @throws authorization.client_refused, authorization.identity_refused, oauth.token_refused, oauth.token_unavailable */
export async function requestMachineTokens(house: House, { wire, note, registrationId, machineGrant, ...request }: MachineTokens): Promise<TokenSet> {
  const traced = traceWire(wire, note)
  const ask = async () => {
    if (machineGrant === 'client_credentials') return requestClientCredentials(traced, request)
    return requestWithAssertion(traced, { ...request, assertion: await findAssertion(house, registrationId, request, note) })
  }
  const tokens = await ask().catch((error: unknown) => {
    throw explainRefusal(toAppError(error), machineGrant)
  })
  // RFC 6749 §4.4.3: there should be none. Asking again takes nothing but what the connection has anyway.
  return { ...tokens, refreshToken: '' }
}

async function findAssertion(house: House, registrationId: string | null, request: MachineRequest, note: NoteExchange): Promise<string> {
  const row = registrationId === null ? undefined : await findRegistration(house.db, registrationId)
  const { assertionSealed = null } = row ?? {}
  const { assertion, identity } = row && assertionSealed !== null ? openAssertionSource(house, { ...row, assertionSealed }) : {}
  if (identity) return exchangeAt(house, identity, request, note)
  if (assertion === undefined) throw identityRefused()
  return assertion
}

type Identity = NonNullable<AssertionSource['identity']>

async function exchangeAt(house: House, identity: Identity, { server, resource, scope }: MachineRequest, note: NoteExchange): Promise<string> {
  const { issuer, clientId, clientSecret, idToken } = identity
  const trust = trustOf(new URL(issuer))
  const wire = traceWire(createOAuthWire(house.egress, trust), note)
  const provider = await readServerMetadata(wire, { issuer, allowHttpLoopback: house.config.laptop && trust === 'configured', forMachine: true })
  const client = { clientId, clientSecret, tokenAuthMethod: chooseAuthMethod(clientSecret, provider.tokenAuthMethods) }
  const exchange = exchangeIdToken(wire, { server: provider, client, idToken, audience: server.issuer, resource, scope })
  return exchange.catch((error: unknown) => {
    const failure = toAppError(error)
    // RFC 8693 §2.2.2: an ID token that is over may be called an invalid request.
    throw failure.code === 'oauth.token_refused' ? identityRefused(failure) : failure
  })
}

/** What a person has to do about it is not to sign in. */
function explainRefusal(error: AppError, machineGrant: MachineGrant): AppError {
  if (error.code === 'oauth.client_invalid') return clientRefused(error)
  if (error.code !== 'oauth.grant_invalid') return error
  return machineGrant === 'client_credentials' ? clientRefused(error) : identityRefused(error)
}
