// A new connection: checked, probed, then stored in one piece with its settled status.
import { findConnection, insertConnection } from '../../db/queries/connections.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { Context } from '../context/context.ts'
import { isAppError } from '../lib/app-error.ts'
import { friendlyConnectionId, newId } from '../lib/ids.ts'
import { namespaceNotFound, requireNamespace } from '../namespaces/namespaces.ts'
import { principalOf } from '../policy/actor.ts'
import { requirePermission } from '../policy/authorize.ts'
import { fillMetadata } from '../policy/fixed-metadata.ts'
import { FlowTrace, type TraceStep } from '../trace/flow-trace.ts'
import { newOwnRegistration } from './authorization/own-client.ts'
import { askForClient } from './authorization/ask-for-client.ts'
import { sealCredential } from './connection-credential.ts'
import { connectionIdTaken } from './connection-errors.ts'
import type { CreateConnectionInput } from './connection-input.ts'
import type { ConnectionView } from './connection-view.ts'
import { readHandle } from './find-handle.ts'
import { credentialFields, noteConnection } from './note-connection.ts'
import { machineGrantOf } from './oauth-input.ts'
import { publishStatus } from './publish-status.ts'
import { recordStatus } from './record-status.ts'
import { readMcpUrl } from './mcp-url.ts'
import { metadataPairs } from '../policy/metadata-text.ts'
import { requestFor } from '../policy/permission.ts'
import { probeUpstream } from './probe-upstream.ts'
import { requireVoucher } from './require-voucher.ts'
import { settleConnection } from './settle-connection.ts'
import { upstreamTargetOf } from './upstream-target-of.ts'
import { viewOf } from './view-of.ts'

type NewConnection = CreateConnectionInput & { namespace: string; connectionId?: string | undefined }

/** Under the id that is asked for, or one of our making. @throws connection.id_taken, namespace.not_found, input.invalid */
export async function createConnection(context: Context, input: NewConnection): Promise<ConnectionView> {
  const { connectionId } = input
  if (connectionId !== undefined) return createUnder(context, { ...input, connectionId })
  for (;;) {
    const row = await insertNewConnection(context, { ...input, connectionId: friendlyConnectionId() })
    if (row) return viewOf(context, row)
  }
}

async function createUnder(context: Context, input: NewConnection & { connectionId: string }): Promise<ConnectionView> {
  const { namespace, connectionId } = input
  await requireNamespace(context, { name: namespace, operation: 'write', resource: 'connections', connection: 'some' })
  // Asked before, so that no server is contacted in vain; the insertion has the last word.
  const row = (await findConnection(context.db, { namespace, connectionId })) ? undefined : await insertNewConnection(context, input)
  if (!row) throw connectionIdTaken(connectionId)
  return viewOf(context, row)
}

/** `undefined` if the id is taken. @throws policy.forbidden, policy.metadata_ambiguous */
export async function insertNewConnection(
  context: Context,
  input: CreateConnectionInput & { namespace: string; connectionId: string },
): Promise<ConnectionRow | undefined> {
  const namespace = await requireNamespace(context, { name: input.namespace, operation: 'write', resource: 'connections', connection: 'some' })
  requireVoucher(context.actor, input)
  const { organizationId } = namespace
  const { connectionId } = input
  const metadata = fillMetadata(context.actor, { organizationId, namespace: namespace.name, connectionId, metadata: input.metadata ?? null })
  const made = { organizationId, namespace: namespace.name, connectionId, metadata }
  requirePermission(context.actor, requestFor('write', made), namespaceNotFound)
  const mcpUrl = readMcpUrl(input.mcpUrl, context.egress)
  await context.vault.prepareOrganization(organizationId)
  const uid = newId('con')
  const nowMs = context.now()
  const generation = 1
  const credential = sealCredential(
    context.vault,
    { organizationId, connectionUid: uid, generation, nowMs },
    { destination: mcpUrl.destination, headers: input.headers ?? {}, search: mcpUrl.search },
  )
  const draft = {
    uid,
    organizationId,
    mcpUrl: mcpUrl.masked,
    mcpUrlDigest: context.vault.digest(organizationId, 'mcp_url', mcpUrl.normalised),
    credentialGeneration: generation,
    sessions: input.sessions ?? ('shared' as const),
    protocol: null,
    oauth: input.oauth ?? null,
    machineGrant: input.oauthClient ? machineGrantOf(input.oauthClient) : null,
  }
  const sealed = credential ? { ...credential, organizationId, connectionUid: uid } : null
  const target = upstreamTargetOf(context.vault, draft, { credential: sealed, grant: null })
  const probe = await probeUpstream(context, target, principalOf(context.actor))
  const registration =
    input.oauthClient && newOwnRegistration(context, { organizationId, connectionUid: uid, client: input.oauthClient, kind: 'preregistered' })
  // Told once the connection is there to be asked about.
  const found: TraceStep[] = []
  const trace = new FlowTrace(context.now, (step) => void found.push(step))
  // Without a person: its first token needs a row to belong to.
  const isWaiting = draft.machineGrant !== null && probe.status.state !== 'connected'
  const status = isWaiting
    ? { state: 'disconnected' as const }
    : await askForClient(context, probe.status, { mcpUrl: mcpUrl.destination, oauth: draft.oauth, organizationId, registration }, trace)
  const row: ConnectionRow = {
    ...draft,
    ...made,
    name: input.name ?? connectionId,
    status,
    state: status.state,
    authorizationParams: input.authorizationParams ?? null,
    serverInfo: probe.serverInfo ?? null,
    protocol: probe.protocol ?? null,
    toolsDigest: null,
    revision: 1,
    createdAt: nowMs,
    updatedAt: nowMs,
    lastUsedAt: null,
    deletedAt: null,
  }
  const { state: _generated, ...columns } = row
  let inserted = false
  try {
    inserted = await insertConnection(context.db, { connection: columns, credential, metadataTexts: metadataPairs(metadata), registration })
  } catch (error) {
    // Asking the server took its time, and the namespace was deleted meanwhile.
    throw isAppError(error) && error.code === 'database.parent_deleted' ? namespaceNotFound() : error
  } finally {
    // A session for a connection that does not exist would linger until it is idle.
    if (!inserted) context.pool.dropConnection(uid)
  }
  if (!inserted) return undefined
  noteConnection(context, row, 'connection.create')
  const secrets = credentialFields(input, mcpUrl.search)
  if (secrets.length > 0) noteConnection(context, row, 'credential.write', { fields: secrets })
  recordStatus(context, row, undefined)
  context.traces.record('check', row, found)
  const handle = isWaiting ? await readHandle(context, row) : undefined
  if (handle?.row.uid === uid) return settleConnection(context, handle.row, handle.target, principalOf(context.actor))
  publishStatus(context, row)
  return row
}
