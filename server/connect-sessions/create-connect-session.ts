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
import { requirePermission } from '../policy/authorize.ts'
import { fillMetadata } from '../policy/fixed-metadata.ts'
import { requestFor } from '../policy/permission.ts'
import { draftPlace } from '../vault/connect-place.ts'
import type { CreateConnectSessionInput } from './connect-session-input.ts'
import { originNotAllowed } from './connect-session-errors.ts'
import type { CreatedConnectSessionView } from './connect-session-view.ts'
import { mintedUnderOf } from './minted-under.ts'
import { personDigest } from './person-digest.ts'
import type { ConnectionDraft } from './read-draft.ts'

/** @throws namespace.not_found, connection.not_found, connect_session.origin_not_allowed, input.invalid */
export async function createConnectSession(context: Context, input: CreateConnectSessionInput): Promise<CreatedConnectSessionView> {
  const { organizationId } = await requireNamespace(context, { name: input.namespace, operation: 'write', resource: 'connections', connection: 'some' })
  const settings = await settingsOf(context, input.namespace)
  if (input.connectionId !== undefined) refuseDraft(input)
  const connectionUid = input.connectionId === undefined ? null : await findUid(context, input.namespace, input.connectionId)
  const way = readWay(context, settings, input)
  const draft = connectionUid === null ? readDraft(context, organizationId, input) : undefined
  await context.vault.prepareOrganization(organizationId)
  const id = newId('cs')
  const token = newSecretToken()
  const createdAt = context.now()
  const mintedUnder = mintedUnderOf(context.actor)
  const expiresAt = Math.min(createdAt + input.ttl * SECOND_MS, mintedUnder?.expiresAtMs ?? Infinity)
  try {
    await insertConnectSession(context.db, {
      id,
      organizationId,
      namespace: input.namespace,
      tokenHash: digestOfToken(token),
      connectionUid,
      draftSealed: draft ? context.vault.seal(draftPlace({ organizationId, id }), JSON.stringify(draft)) : null,
      ...way,
      personDigest: input.person === undefined ? null : personDigest(context.vault, organizationId, input.person),
      mintedBy: principalOf(context.actor.kind === 'service_token' ? context.actor.minter : context.actor),
      mintedUnder,
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
function readWay({ actor }: Context, settings: NamespaceSettings, input: CreateConnectSessionInput) {
  const allowedOrigins = input.allowedOrigins ?? null
  if (allowedOrigins?.some((origin) => !settings.allowedOrigins.includes(origin))) throw originNotAllowed('allowedOrigins')
  const returnUrl = input.returnUrl ?? settings.defaultReturnUrl
  if (returnUrl !== null && !liesWithin(returnUrl, settings.allowedOrigins)) throw originNotAllowed('returnUrl')
  // A session may ask for more than its namespace, never for less. Who holds a token may be anybody's guest: it can send its link to a third person.
  const least = actor.kind === 'service_token' ? 'backend' : settings.completion
  if (input.completion === 'auto' && least === 'backend') throw invalidInput('completion', 'must be "backend" in this namespace, and for links made with a service token')
  const completion = input.completion ?? least
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

function readDraft(context: Context, organizationId: string, input: CreateConnectSessionInput): ConnectionDraft {
  const { namespace, mcpUrl, name } = input
  if (mcpUrl === undefined) throw invalidInput('mcpUrl', 'or connectionId is required')
  readMcpUrl(mcpUrl, context.egress)
  const metadata = fillMetadata(context.actor, { organizationId, namespace, connectionId: undefined, metadata: input.metadata ?? null })
  return { mcpUrl, name, metadata }
}

async function findUid(context: Context, namespace: string, connectionId: string): Promise<string> {
  const stored = await findConnection(context.db, { namespace, connectionId })
  if (!stored) throw connectionNotFound()
  requirePermission(context.actor, requestFor('write', stored.connection), connectionNotFound)
  return stored.connection.uid
}
