// A person said yes on our page: find out where to send them, and write down all that their answer will be held
// against before they leave.
import { countOpenRequests, insertAuthorizationRequest } from '../../../db/queries/authorization-requests.ts'
import { findConnectionByUid } from '../../../db/queries/connections.ts'
import type { House } from '../../context/context.ts'
import { newId } from '../../lib/ids.ts'
import { MINUTE_MS } from '../../lib/units.ts'
import { authorizationUrl } from '../../oauth/grant/authorization-url.ts'
import { createPkcePair } from '../../oauth/grant/pkce.ts'
import { browserExchange } from '../../oauth/trace/exchange.ts'
import { traceWire } from '../../oauth/trace/traced-wire.ts'
import type { Decision } from '../../trace/decisions.ts'
import { verifierPlace } from '../../vault/grant-place.ts'
import { setupLinkInvalid, signsInByItself, tooManyOpenRequests } from './authorization-errors.ts'
import { browserHash, newOAuthState, stateHash } from './browser-binding.ts'
import { discoverAuthorization } from './discover-authorization.ts'
import { enterClient, type EnteredClient } from './enter-client.ts'
import { findClient, type KnownClient } from './find-client.ts'
import { createOAuthWire, trustOf } from './oauth-wire.ts'
import { scopeToRequest } from './scope-to-request.ts'
import type { SetupLink } from './setup-link.ts'

/** How long a person may take at the authorization server. */
export const SIGN_IN_MS = 10 * MINUTE_MS
const MAX_OPEN = 5

const DECISION_BY_CLIENT: Readonly<Record<KnownClient['kind'], Decision>> = { given: 'client_given', document: 'client_is_document', registered: 'client_registered' }

export interface BeginAuthorization {
  link: Pick<SetupLink, 'connectionUid' | 'credentialGeneration'>
  /** The browser's own secret, from its cookie. */
  browserSecret: string
  returnUrl: string | undefined
  /** For which it is begun; without one, the answer counts for the connection alone. */
  connectSessionId?: string | undefined
  /** Typed on the page, if it asked for one. */
  enteredClient?: EnteredClient | undefined
}

/** Where the browser goes. @throws authorization.*, input.invalid, oauth.*, upstream.* */
export async function beginAuthorization(
  house: House,
  { link, browserSecret, returnUrl, connectSessionId, enteredClient }: BeginAuthorization,
): Promise<URL> {
  const stored = await findConnectionByUid(house.db, { uid: link.connectionUid })
  if (!stored) throw setupLinkInvalid()
  const { connection } = stored
  if (connection.credentialGeneration !== link.credentialGeneration) throw setupLinkInvalid()
  if (connection.machineGrant !== null) throw signsInByItself()
  const nowMs = house.now()
  if ((await countOpenRequests(house.db, { connectionUid: connection.uid, at: nowMs })) >= MAX_OPEN) throw tooManyOpenRequests()
  const { organizationId } = connection
  const id = newId('areq')
  const trace = house.traces.startFlow('authorization', connection, id)
  const authorization = await discoverAuthorization(house, connection, trace)
  const { issuer, server, resource } = authorization
  await house.vault.prepareOrganization(organizationId)
  const wire = createOAuthWire(house.egress, trustOf(new URL(connection.mcpUrl)))
  const { client, registrationId, redirectUri } = await trace.step(
    'client',
    async (note) => {
      if (enteredClient) await enterClient(house, stored, authorization, enteredClient)
      return findClient(house, { wire: traceWire(wire, note), issuer, server, organizationId, connectionUid: connection.uid })
    },
    ({ kind }) => DECISION_BY_CLIENT[kind],
  )
  const scope = await scopeToRequest(house, connection.uid, authorization)
  const oauthState = newOAuthState()
  const { verifier, challenge: codeChallenge } = await createPkcePair()
  await insertAuthorizationRequest(house.db, {
    id,
    connectionUid: connection.uid,
    organizationId,
    stateHash: stateHash(oauthState),
    browserHash: browserHash(browserSecret, id),
    issuer: server.issuer,
    tokenEndpoint: server.tokenEndpoint,
    revocationEndpoint: server.revocationEndpoint ?? null,
    issParameterSupported: server.issParameterSupported,
    registrationId,
    clientId: client.clientId,
    redirectUri,
    resource,
    scope: scope ?? null,
    verifierSealed: house.vault.seal(verifierPlace({ organizationId, id }), verifier),
    credentialGeneration: link.credentialGeneration,
    returnUrl: returnUrl ?? null,
    connectSessionId: connectSessionId ?? null,
    createdAt: nowMs,
    expiresAt: nowMs + SIGN_IN_MS,
    consumedAt: null,
  })
  const location = authorizationUrl(server, { clientId: client.clientId, redirectUri, oauthState, codeChallenge, resource, scope, extra: connection.authorizationParams ?? {} })
  await trace.step('authorization_request', (note) => note(browserExchange(location, location.searchParams)), 'person_sent')
  return location
}
