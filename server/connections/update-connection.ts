// Changes of a stored connection: what is given replaces, what is left out stays. Written with
// compare-and-swap, so that two writers cannot mix their changes.
import { findConnection, updateConnection as updateRow } from '../../db/queries/connections.ts'
import type { ConnectionRow } from '../../db/schema/connection.ts'
import type { Context } from '../context/context.ts'
import { connectionChangedMeanwhile, connectionNotFound, connectionUrlMismatch } from './connection-errors.ts'
import { credentialOpener, sealCredential } from './connection-credential.ts'
import type { UpsertConnectionInput } from './connection-input.ts'
import type { ConnectionView } from './connection-view.ts'
import { forgetHandle, requireHandle, type ConnectionName } from './find-handle.ts'
import { requirePermission } from '../policy/authorize.ts'
import { keepFixedMetadata } from '../policy/fixed-metadata.ts'
import { checkConnection } from './check-connection.ts'
import { clientOfGrant } from './authorization/find-client.ts'
import { giveBackGrant } from './authorization/give-back-grant.ts'
import { changedRegistration } from './authorization/own-client.ts'
import { destinationUrl, readMcpUrl } from './mcp-url.ts'
import { metadataPairs } from '../policy/metadata-text.ts'
import { credentialFields, noteConnection } from './note-connection.ts'
import { machineGrantOf } from './oauth-input.ts'
import { requestFor } from '../policy/permission.ts'
import { requireVoucher } from './require-voucher.ts'
import { viewOf } from './view-of.ts'

const MAX_ATTEMPTS = 3
const CHANGEABLE = ['name', 'metadata', 'oauth', 'sessions', 'authorizationParams'] as const

/** @throws connection.not_found, connection.url_mismatch, connection.changed, input.invalid, policy.metadata_fixed */
export async function updateConnection(context: Context, input: ConnectionName & UpsertConnectionInput): Promise<ConnectionView> {
  await requireHandle(context, input, 'write')
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    // Forgotten also when the database did not answer: it may have written a new credential.
    const outcome = await tryUpdate(context, input).finally(() => forgetHandle(context, input))
    if (outcome === 'lost') continue
    // A connection that works and kept its credential need not be asked again.
    if (outcome.row.status.state === 'connected' && !outcome.credentialChanged) return viewOf(context, outcome.row)
    return checkConnection(context, input)
  }
  throw connectionChangedMeanwhile()
}

async function tryUpdate(context: Context, input: ConnectionName & UpsertConnectionInput): Promise<'lost' | { row: ConnectionRow; credentialChanged: boolean }> {
  const stored = await findConnection(context.db, input)
  if (!stored) throw connectionNotFound()
  const { connection: row, credential: sealedNow, grant } = stored
  // Asked of this very row: the one in memory may be from before its name passed to somebody else.
  const request = requestFor('write', row)
  requirePermission(context.actor, request, connectionNotFound)
  const metadata = input.metadata === undefined ? undefined : keepFixedMetadata(context.actor, row.metadata, input.metadata)
  if (metadata !== undefined) requirePermission(context.actor, { ...request, becomes: { ...row, metadata } }, connectionNotFound)
  requireVoucher(context.actor, input)
  await context.vault.prepareOrganization(row.organizationId)
  if (input.mcpUrl !== undefined) {
    const { normalised } = readMcpUrl(input.mcpUrl, context.egress)
    if (context.vault.digest(row.organizationId, 'mcp_url', normalised) !== row.mcpUrlDigest) throw connectionUrlMismatch(row.connectionId)
  }
  const nowMs = context.now()
  const destination = destinationUrl(row.mcpUrl).href
  const generation = row.credentialGeneration + 1
  const credential =
    input.headers === undefined
      ? undefined
      : sealCredential(
          context.vault,
          { organizationId: row.organizationId, connectionUid: row.uid, generation, nowMs },
          { destination, headers: input.headers, search: sealedNow ? credentialOpener(context.vault, sealedNow, destination)().search : '' },
        )
  const registration =
    input.oauthClient && (await changedRegistration(context, { organizationId: row.organizationId, connectionUid: row.uid, client: input.oauthClient, kind: 'preregistered' }))
  const machineGrant = input.oauthClient ? machineGrantOf(input.oauthClient) : row.machineGrant
  // A machine's token is its client's alone; what a person granted to a client outlives a new secret of it.
  const endsGrant = machineGrant !== row.machineGrant || (machineGrant !== null && registration !== undefined)
  const client = endsGrant && grant ? await clientOfGrant(context, grant) : undefined
  const changes = {
    ...(input.name !== undefined && { name: input.name }),
    ...(metadata !== undefined && { metadata }),
    ...(input.oauth !== undefined && { oauth: input.oauth }),
    ...(input.sessions !== undefined && { sessions: input.sessions }),
    ...(input.oauthClient && { machineGrant }),
    ...(input.authorizationParams !== undefined && { authorizationParams: input.authorizationParams }),
    // Headers taken away: there may be no credential row left to carry the new generation.
    ...((input.headers !== undefined || endsGrant) && { credentialGeneration: generation }),
    updatedAt: nowMs,
  }
  const written = await updateRow(context.db, {
    uid: row.uid,
    expectedRevision: row.revision,
    changes,
    metadataTexts: metadata === undefined ? undefined : metadataPairs(metadata),
    credential: input.headers === undefined ? undefined : (credential ?? null),
    registration,
    endsGrant,
  })
  if (!written) return 'lost'
  noteConnection(context, row, 'connection.update', { fields: CHANGEABLE.filter((field) => input[field] !== undefined) })
  const secrets = credentialFields(input)
  if (secrets.length > 0) noteConnection(context, row, 'credential.write', { fields: secrets })
  if (endsGrant) context.attempts.atEarlyRenewal.forget(row.uid)
  if (grant && client) await giveBackGrant(context, { grant, client, mcpUrl: row.mcpUrl })
  return { row: { ...row, ...changes, revision: row.revision + 1 }, credentialChanged: input.headers !== undefined || endsGrant }
}
