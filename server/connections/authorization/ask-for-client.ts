// Some authorization servers know no way to register by itself: then somebody has to do it by hand before anybody can sign in.
import type { ClientRegistrationRow } from '../../../db/schema/client-registration.ts'
import type { ConnectionRow } from '../../../db/schema/connection.ts'
import type { House } from '../../context/context.ts'
import { chooseRegistration } from '../../oauth/registration/choose-registration.ts'
import type { FlowTrace } from '../../trace/flow-trace.ts'
import type { ConnectionStatus } from '../connection-view.ts'
import { discoverAuthorization, type Authorization } from './discover-authorization.ts'
import { metadataDocumentUrlOf } from './redirect-uri.ts'

interface Unauthorized extends Pick<ConnectionRow, 'mcpUrl' | 'oauth' | 'organizationId'> {
  /** The connection's own. */
  registration: ClientRegistrationRow | undefined
}

type Issuer = Pick<Authorization, 'issuer' | 'server'>

/** The status of a connection that waits for a person: for a client first, if it has none and none can be made. */
export async function askForClient(house: House, status: ConnectionStatus, connection: Unauthorized, trace: FlowTrace): Promise<ConnectionStatus> {
  if (status.state !== 'auth_required' || connection.registration) return status
  // Whoever opens the setup link hears what is wrong there.
  const found = await discoverAuthorization(house, connection, trace).catch(() => undefined)
  if (!found || canRegister(house, found, connection.organizationId)) return status
  return { state: 'input_required', http: {}, missing: { headers: [], query: [] } }
}

/** Whether the connect page asks: nobody gave a client, or one was typed there and nobody signed in with it yet. */
export const mayEnterClient = (
  house: House,
  { organizationId, own, hasGrant, ...authorization }: Issuer & { organizationId: string; own: ClientRegistrationRow | undefined; hasGrant: boolean },
): boolean => (own === undefined ? !canRegister(house, authorization, organizationId) : own.kind === 'entered' && !hasGrant)

/** Whether we can become a client of this server without anybody's help. */
const canRegister = (house: House, { issuer, server }: Issuer, organizationId: string): boolean =>
  chooseRegistration(server, {
    hasPreregistered: false,
    metadataDocumentUrl: metadataDocumentUrlOf(house, organizationId, issuer),
  }) !== 'ask'
