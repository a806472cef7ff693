// All that an examination looked at, before anybody says what it means: judging is pure, so it can be read and tried alone.
import type { ClientRegistrationRow } from '../../db/schema/client-registration.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { OAuthGrantRow } from '../../db/schema/oauth-grant.ts'
import type { AuthorizationSource } from '../connections/authorization/discover-authorization.ts'
import type { RouteReport } from '../egress/egress.ts'
import type { ProtocolVerdict } from '../mcp/protocol-revision.ts'
import { isTokenRefusal } from '../mcp/renewing-exchange.ts'
import type { ServerMetadata } from '../oauth/discovery/server-metadata.ts'
import type { TimedStep } from './timed-step.ts'
import type { SeenHead } from './witness-egress.ts'

export interface Evidence {
  nowMs: number
  connection: Pick<ConnectionRow, 'mcpUrl' | 'machineGrant'>
  hasCredential: boolean
  grant: GrantTraces | null
  route: TimedStep<RouteReport>
  /** Undefined: not tried. */
  handshake: TimedStep<{ protocolVersion: string; verdict: ProtocolVerdict }> | undefined
  /** Undefined: nothing says that the server wants OAuth, or it cannot be reached. */
  source: TimedStep<AuthorizationSource> | undefined
  server: TimedStep<ServerMetadata> | undefined
  /** Undefined without an authorization server. */
  client: ClientTraces | undefined
  heads: readonly SeenHead[]
}

/** A grant without its tokens. */
export type GrantTraces = Pick<
  OAuthGrantRow,
  'issuer' | 'scope' | 'wantedScope' | 'expiresAt' | 'refreshAt' | 'leaseUntil' | 'attemptAt' | 'failures' | 'grantedAt' | 'updatedAt'
> & { canBeRenewed: boolean; secretExpiresAt: number | null }

type Registration = Pick<ClientRegistrationRow, 'issuer' | 'redirectUri' | 'createdAt'>

export interface ClientTraces {
  /** The connection's own. */
  own: Registration | undefined
  /** The organization's at this issuer. */
  shared: Registration | undefined
  /** Where answers of this issuer arrive now. */
  redirectUri: string
  metadataDocumentUrl: string | undefined
}

export const isReachable = ({ route }: Evidence): boolean => route.value !== undefined && route.value.failure === undefined

export const isExpired = ({ grant, nowMs }: Evidence): boolean => grant !== null && grant.expiresAt !== null && grant.expiresAt <= nowMs

/** The server is there, and says nothing more until somebody signs in, or a token is renewed. */
export function isRefused({ handshake, grant }: Evidence): boolean {
  const failure = handshake?.failure
  return failure !== undefined && isTokenRefusal(failure) && (grant !== null || failure.code === 'upstream.authorization_required')
}

/** What stands in the way of signing in is what is wrong, if somebody has to; otherwise it is a warning. */
export const severityOf = (evidence: Evidence): 'failed' | 'warning' => (isRefused(evidence) ? 'failed' : 'warning')
