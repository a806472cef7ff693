// What a person is told before they say yes: for whom, to what, and who will ask them to sign in. Reads only:
// mail scanners open links, too.
import { findConnectionRegistration } from '../../../db/queries/client-registrations.ts'
import { findGrant } from '../../../db/queries/oauth-grants.ts'
import { findOrganization } from '../../../db/queries/organizations.ts'
import type { ConnectionRow } from '../../../db/schema/connection.ts'
import type { House } from '../../context/context.ts'
import { toAppError, type AppError } from '../../lib/app-error.ts'
import { splitScope } from '../../oauth/grant/scopes.ts'
import { untraced } from '../../trace/flow-trace.ts'
import { destinationUrl } from '../mcp-url.ts'
import { mayEnterClient } from './ask-for-client.ts'
import { discoverAuthorization, type Authorization } from './discover-authorization.ts'
import { redirectUriOf } from './redirect-uri.ts'
import { scopeToRequest } from './scope-to-request.ts'

export interface SetupVisit {
  /** Whom the grant goes to. */
  organization: string
  name: string
  /** The MCP server's. */
  host: string
  /** Who will ask for a sign-in, or why nobody can be found. */
  issuer: IssuerVisit | { failure: AppError }
}

interface IssuerVisit {
  host: string
  authorizationOrigin: string
  scopes: string[]
  isOnAnotherSite: boolean
  /** A client has to be registered by hand first, with this redirect URI; `clientId` is the one that was typed last time. */
  clientWanted: { redirectUri: string; clientId: string | undefined } | undefined
}

/** A connection, or what one is going to be made from. */
export type SetupSubject = Pick<ConnectionRow, 'organizationId' | 'name' | 'mcpUrl'> & Partial<Pick<ConnectionRow, 'uid' | 'oauth'>>

export async function describeSetup(house: House, subject: SetupSubject): Promise<SetupVisit> {
  const organization = await findOrganization(house.db, subject.organizationId)
  const mcpUrl = destinationUrl(subject.mcpUrl)
  const issuer = await describeIssuer(house, subject, mcpUrl).catch((error: unknown) => ({ failure: toAppError(error) }))
  return { organization: organization?.name ?? '', name: subject.name, host: mcpUrl.host, issuer }
}

async function describeIssuer(house: House, subject: SetupSubject, mcpUrl: URL): Promise<IssuerVisit> {
  const { uid, mcpUrl: stored, oauth = null } = subject
  const authorization = await discoverAuthorization(house, { mcpUrl: stored, oauth }, untraced)
  const { server } = authorization
  const scope = await scopeToRequest(house, uid, authorization)
  const { host, hostname } = new URL(server.issuer)
  // An honest issuer that a hostile server names lists what it protects (RFC 9728 §4); without that, people are told.
  const vouchesFor = server.protectedResources?.some((resource) => resource === mcpUrl.href) === true
  const authorizationOrigin = new URL(server.authorizationEndpoint).origin
  const isOnAnotherSite = !vouchesFor && siteOf(hostname) !== siteOf(mcpUrl.hostname)
  return { host, authorizationOrigin, scopes: scope === undefined ? [] : splitScope(scope), isOnAnotherSite, clientWanted: await wantedClient(house, subject, authorization) }
}

async function wantedClient(house: House, { uid, organizationId }: SetupSubject, { issuer, server }: Authorization): Promise<IssuerVisit['clientWanted']> {
  const own = uid === undefined ? undefined : await findConnectionRegistration(house.db, uid)
  const hasGrant = uid !== undefined && (await findGrant(house.db, uid)) !== undefined
  if (!mayEnterClient(house, { issuer, server, organizationId, own, hasGrant })) return undefined
  return { redirectUri: redirectUriOf(house, organizationId, issuer), clientId: own?.clientId }
}

/** The last two labels: coarse, and only for a warning. An address is its own site. */
const siteOf = (hostname: string): string => (/^[\d.]+$|:/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.'))
