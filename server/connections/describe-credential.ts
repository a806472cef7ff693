// Which headers and query values a connection presents, by name: enough to edit them, nothing to steal.
import { findConnection } from '../../db/queries/connections.ts'
import type { Context } from '../context/context.ts'
import { connectionNotFound } from './connection-errors.ts'
import type { CredentialDescription } from './credential-description.ts'
import { requireStoredHandle, type ConnectionName } from './find-handle.ts'
import { queryNames } from './mcp-url.ts'

/** Opened inside this one call; no value leaves it. @throws connection.not_found */
export async function describeCredential(context: Context, input: ConnectionName): Promise<CredentialDescription> {
  const { target } = await requireStoredHandle(context, input, 'read')
  const stored = await findConnection(context.db, input)
  if (stored?.connection.uid !== target.connectionUid) throw connectionNotFound()
  const { credential } = stored
  if (!credential) return { kind: 'none', headerNames: [], queryNames: [], createdAt: null, updatedAt: null }
  const { headers, url } = target.open()
  return {
    kind: 'configured',
    headerNames: Object.keys(headers),
    queryNames: queryNames(url.search),
    createdAt: new Date(credential.createdAt).toISOString(),
    updatedAt: new Date(credential.updatedAt).toISOString(),
  }
}
