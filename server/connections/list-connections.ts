// Pages of a namespace's connections, newest first, filtered by exact matches.
import { findConnection } from '../../db/queries/connections.ts'
import { listConnections as listRows } from '../../db/queries/list-connections.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { Context } from '../context/context.ts'
import { requireNamespace } from '../namespaces/namespaces.ts'
import type { ListConnectionsInput } from './connection-input.ts'
import type { ConnectionPage } from './connection-view.ts'
import { authorize } from '../policy/authorize.ts'
import { connectionScopeOf } from '../policy/connection-scope.ts'
import { metadataPairs, type MetadataPair } from '../policy/metadata-text.ts'
import { requestFor } from '../policy/permission.ts'
import { readCursor, writeCursor } from './list-cursor.ts'
import { viewOf } from './view-of.ts'

/** @throws namespace.not_found, input.invalid for a cursor that is not ours */
export async function listConnections(context: Context, input: ListConnectionsInput): Promise<ConnectionPage> {
  const namespace = await requireNamespace(context, { name: input.namespace, operation: 'read', resource: 'connections', connection: 'some' })
  await context.vault.prepareOrganization(namespace.organizationId)
  const { connectionId, ...metadata } = input.metadata ?? {}
  const filter = {
    namespace: namespace.name,
    name: input.name,
    state: input.state,
    metadata: metadataPairs(metadata),
    mcpUrlDigest: input.mcpUrl === undefined ? undefined : digestOfUrl(context, namespace.organizationId, input.mcpUrl),
  }
  if (connectionId !== undefined) return pageOfOne(context, connectionId, filter)
  const scope = connectionScopeOf(context.actor, { operation: 'read', organizationId: namespace.organizationId, namespace: namespace.name })
  const after = input.cursor === undefined ? undefined : readCursor(input.cursor, scope)
  const page = await listRows(context.db, { ...filter, scope, limit: input.limit, after })
  return { connections: page.rows.map((row) => viewOf(context, row)), nextCursor: page.next ? writeCursor(page.next, scope) : null }
}

/** A URL that cannot be parsed matches nothing, like any other that nobody has. */
const digestOfUrl = (context: Context, organizationId: string, text: string): string =>
  context.vault.digest(organizationId, 'mcp_url', URL.canParse(text) ? withoutHash(text) : text)

function withoutHash(text: string): string {
  const url = new URL(text)
  url.hash = ''
  return url.href
}

interface Filter {
  namespace: string
  name: string | undefined
  state: string | undefined
  metadata: readonly MetadataPair[]
  mcpUrlDigest: string | undefined
}

/** `metadata.connectionId` names the id itself, so that a policy or a filter can pin one connection. */
async function pageOfOne(context: Context, connectionId: string, filter: Filter): Promise<ConnectionPage> {
  const stored = await findConnection(context.db, { namespace: filter.namespace, connectionId })
  const isSeen = stored && matches(stored.connection, filter) && authorize(context.actor, requestFor('read', stored.connection)).allowed
  const connections = isSeen ? [viewOf(context, stored.connection)] : []
  return { connections, nextCursor: null }
}

function matches(row: ConnectionRow, filter: Filter): boolean {
  const pairs = metadataPairs(row.metadata)
  return (
    (filter.name === undefined || row.name === filter.name) &&
    (filter.state === undefined || row.state === filter.state) &&
    (filter.mcpUrlDigest === undefined || row.mcpUrlDigest === filter.mcpUrlDigest) &&
    filter.metadata.every(({ key, value }) => pairs.some((pair) => pair.key === key && pair.value === value))
  )
}
