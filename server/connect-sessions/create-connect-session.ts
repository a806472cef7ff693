// An app sends somebody to connect a server: a link, used once, that ends soon.
import { findConnection } from '../../db/queries/connections.ts'
import { insertConnectSession } from '../../db/queries/connect-sessions.ts'
import { connectionNotFound } from '../connections/connection-errors.ts'
import { readMcpUrl } from '../connections/mcp-url.ts'
import type { Context } from '../context/context.ts'
import { digestOfToken, newSecretToken } from '../identity/secret-token.ts'
import { invalidInput, isAppError } from '../lib/app-error.ts'
import { newId } from '../lib/ids.ts'
import { SECOND_MS } from '../lib/units.ts'
import { liesWithin } from '../namespaces/allowed-origin.ts'
import { type NamespaceSettings, settingsOf } from '../namespaces/namespace-settings.ts'
import { namespaceNotFound, requireNamespace } from '../namespaces/namespaces.ts'
import { principalOf } from '../policy/actor.ts'
import { draftPlace } from '../vault/connect-place.ts'
import type { CreateConnectSessionInput } from './connect-session-input.ts'
import { originNotAllowed } from './connect-session-errors.ts'
import type { CreatedConnectSessionView } from './connect-session-view.ts'
import { personDigest } from './person-digest.ts'

/** @throws namespace.not_found, connection.not_found, connect_session.origin_not_allowed, input.invalid */
export async function createConnectSession(context: Context, input: CreateConnectSessionInput): Promise<CreatedConnectSessionView> {
  const { organizationId } = await requireNamespace(context, { name: input.namespace, operation: 'write', resource: 'connections', connection: 'some' })
  const settings = await settingsOf(context, input.namespace)
  if (input.connectionId !== undefined) refuseDraft(input)
  const way = readWay(settings, input)
  const connectionUid = input.connectionId === undefined ? null : await findUid(context, input.namespace, input.connectionId, organizationId)
  await context.vault.prepareOrganization(organizationId)
  const id = newId('cs')
  const token = newSecretToken()
  const createdAt = context.now()
  const expiresAt = createdAt + input.ttl * SECOND_MS
  try {
    await insertConnectSession(context.db, {
      id,
      organizationId,
      namespace: input.namespace,
      tokenHash: digestOfToken(token),
      connectionUid,
      draftSealed: connectionUid === null ? context.vault.seal(draftPlace({ organizationId, id }), JSON.stringify(readDraft(context, input))) : null,
      ...way,
      personDigest: input.person === undefined ? null : personDigest(context.vault, organizationId, input.person),
      mintedBy: principalOf(context.actor),
      outcome: null,
      problem: null,
      codeHash: null,
      createdAt,
      expiresAt,
      endsAt: expiresAt,
      finishedAt: null,
    })
  } catch (error) {
    throw isAppError(error) && error.code === 'database.parent_deleted' ? namespaceNotFound() : error
  }
  await context.audit.write(context, { action: 'connect_session.create', target: { kind: 'connect_session', id }, namespace: input.namespace, details: { expiresAt: new Date(expiresAt).toISOString() } })
  const url = `${context.config.publicUrl.origin}/setup/${token}`
  return { connectSessionId: id, token, url, expiresAt: new Date(expiresAt).toISOString() }
}

/** Where the person ends up, and who says that it was the right one. */
function readWay(settings: NamespaceSettings, input: CreateConnectSessionInput) {
  const allowedOrigins = input.allowedOrigins ?? null
  if (allowedOrigins?.some((origin) => !settings.allowedOrigins.includes(origin))) throw originNotAllowed('allowedOrigins')
  const returnUrl = input.returnUrl ?? settings.defaultReturnUrl
  if (returnUrl !== null && !liesWithin(returnUrl, settings.allowedOrigins)) throw originNotAllowed('returnUrl')
  // A session may ask for more than its namespace, never for less.
  if (input.completion === 'auto' && settings.completion === 'backend') throw invalidInput('completion', 'must be "backend" in this namespace')
  const completion = input.completion ?? settings.completion
  if (completion === 'backend' && returnUrl === null) throw invalidInput('returnUrl', 'is required with completion "backend": the code travels there')
  if (completion === 'backend' && input.person === undefined) throw invalidInput('person', 'is required with completion "backend"')
  return { allowedOrigins, returnUrl, completion }
}

/** A connection that is there has a server, a name and metadata of its own. */
function refuseDraft({ mcpUrl, name, metadata }: CreateConnectSessionInput): void {
  if (mcpUrl !== undefined) throw invalidInput('connectionId', 'or mcpUrl, not both')
  if (name !== undefined) throw invalidInput('name', 'is for a connection that is made; change an existing one by itself')
  if (metadata !== undefined) throw invalidInput('metadata', 'is for a connection that is made; change an existing one by itself')
}

/** What the connection will be made from. */
export interface ConnectionDraft {
  mcpUrl: string
  name?: string | undefined
  metadata?: CreateConnectSessionInput['metadata']
}

function readDraft(context: Context, { mcpUrl, name, metadata }: CreateConnectSessionInput): ConnectionDraft {
  if (mcpUrl === undefined) throw invalidInput('mcpUrl', 'or connectionId is required')
  readMcpUrl(mcpUrl, context.egress)
  return { mcpUrl, name, metadata }
}

async function findUid(context: Context, namespace: string, connectionId: string, organizationId: string): Promise<string> {
  const stored = await findConnection(context.db, { namespace, connectionId })
  if (stored?.connection.organizationId !== organizationId) throw connectionNotFound()
  return stored.connection.uid
}
