// What a person is told before they say yes: for whom, to what, and who will ask them to sign in. Reads only:
// mail scanners open links, too.
import { findOrganization } from '../../../db/queries/organizations.ts'
import type { ConnectionRow } from '../../../db/schema/connection.ts'
import type { House } from '../../context/context.ts'
import { toAppError, type AppError } from '../../lib/app-error.ts'
import { splitScope } from '../../oauth/grant/scopes.ts'
import { discoverAuthorization } from './discover-authorization.ts'
import { scopeToRequest } from './scope-to-request.ts'

export interface SetupVisit {
  /** Whom the grant goes to. */
  organization: string
  name: string
  /** The MCP server's. */
  host: string
  /** Who will ask for a sign-in, or why nobody can be found. */
  issuer: { host: string; authorizationOrigin: string; scopes: string[]; isOnAnotherSite: boolean } | { failure: AppError }
}

/** A connection, or what one is going to be made from. */
export type SetupSubject = Pick<ConnectionRow, 'organizationId' | 'name' | 'mcpUrl'> & Partial<Pick<ConnectionRow, 'uid' | 'oauth'>>

export async function describeSetup(house: House, subject: SetupSubject): Promise<SetupVisit> {
  const organization = await findOrganization(house.db, subject.organizationId)
  const mcpUrl = new URL(subject.mcpUrl)
  mcpUrl.search = ''
  const issuer = await describeIssuer(house, subject, mcpUrl).catch((error: unknown) => ({ failure: toAppError(error) }))
  return { organization: organization?.name ?? '', name: subject.name, host: mcpUrl.host, issuer }
}

async function describeIssuer(house: House, { uid, mcpUrl: stored, oauth = null }: SetupSubject, mcpUrl: URL) {
  const authorization = await discoverAuthorization(house, { mcpUrl: stored, oauth })
  const { server } = authorization
  const scope = await scopeToRequest(house, uid, authorization)
  const { host, hostname } = new URL(server.issuer)
  // An honest issuer that a hostile server names lists what it protects (RFC 9728 §4); without that, people are told.
  const vouchesFor = server.protectedResources?.some((resource) => resource === mcpUrl.href) === true
  const authorizationOrigin = new URL(server.authorizationEndpoint).origin
  const isOnAnotherSite = !vouchesFor && siteOf(hostname) !== siteOf(mcpUrl.hostname)
  return { host, authorizationOrigin, scopes: scope === undefined ? [] : splitScope(scope), isOnAnotherSite }
}

/** The last two labels: coarse, and only for a warning. An address is its own site. */
const siteOf = (hostname: string): string => (/^[\d.]+$|:/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.'))
