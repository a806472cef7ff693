// Which headers and query values a connection presents, by name: enough to edit them, nothing to steal.
import { findConnection } from '../../db/queries/connections.ts'
import type { CredentialRow } from '../../db/schema/credential.ts'
import type { OAuthGrantRow } from '../../db/schema/oauth-grant.ts'
import type { Context } from '../context/context.ts'
import { splitScope } from '../oauth/grant/scopes.ts'
import { credentialOpener } from './connection-credential.ts'
import { connectionNotFound } from './connection-errors.ts'
import type { CredentialDescription, GrantDescription } from './credential-description.ts'
import { requireStoredHandle, type ConnectionName } from './find-handle.ts'
import { destinationUrl, queryNames } from './mcp-url.ts'

/** Opened inside this one call; no value leaves it. @throws connection.not_found */
export async function describeCredential(context: Context, input: ConnectionName): Promise<CredentialDescription> {
  const { row } = await requireStoredHandle(context, input, 'read')
  const stored = await findConnection(context.db, input)
  if (stored?.connection.uid !== row.uid) throw connectionNotFound()
  const { credential, grant } = stored
  return {
    ...(credential ? describeConfigured(context, row.mcpUrl, credential) : { kind: 'none', headerNames: [], queryNames: [], createdAt: null, updatedAt: null }),
    ...((grant || row.machineGrant) && { kind: 'oauth' as const }),
    grant: grant && describeGrant(grant),
    machineGrant: row.machineGrant,
  }
}

function describeConfigured({ vault }: Context, mcpUrl: string, credential: CredentialRow) {
  const { headers, search } = credentialOpener(vault, credential, destinationUrl(mcpUrl).href)()
  return {
    kind: 'configured' as const,
    headerNames: Object.keys(headers),
    queryNames: queryNames(search),
    createdAt: isoOf(credential.createdAt),
    updatedAt: isoOf(credential.updatedAt),
  }
}

function describeGrant({ issuer, scope, grantedAt, updatedAt, expiresAt, refreshSealed }: OAuthGrantRow): GrantDescription {
  const renewsItself = refreshSealed !== null
  return {
    issuer,
    scopes: scope === null ? [] : splitScope(scope),
    grantedAt: isoOf(grantedAt),
    expiresAt: expiresAt === null ? null : isoOf(expiresAt),
    // The last change of a grant that has ended is its end.
    renewedAt: renewsItself && updatedAt > grantedAt ? isoOf(updatedAt) : null,
    renewsItself,
  }
}

const isoOf = (ms: number): string => new Date(ms).toISOString()
