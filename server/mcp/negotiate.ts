// Finds out which revision an upstream speaks, in the specification's order: a stateless request
// first, then `initialize`, then the old HTTP+SSE transport (MCP 2026-07-28 basic/versioning, "era
// detection"; 2025-03-26 transports, "backwards compatibility").
//
// Written against the wire and not on the SDK's client: the answer is wanted as data (which revision,
// which session id), and the requests must go through the egress guard one by one.
import type { Egress } from '../egress/egress.ts'
import { isAppError } from '../lib/app-error.ts'
import { PRODUCT } from '../lib/product.ts'
import { collectReply, type CollectedReply } from './collect-reply.ts'
import { OUR_ENVELOPE, routingHeaders } from './envelope.ts'
import { LegacySseChannel } from './legacy-sse-channel.ts'
import { LATEST_SESSION_REVISION, SESSION_REVISIONS, STATELESS_REVISION, type ProtocolVerdict, type UpstreamIdentity } from './protocol-revision.ts'
import { failedReply, invalidResponse, noCommonRevision, notAnMcpServer } from './upstream-error.ts'
import type { OpenedTarget, UpstreamTarget } from './upstream-target.ts'

export interface Negotiated extends UpstreamIdentity {
  verdict: ProtocolVerdict
  /** Streamable HTTP: the upstream's Mcp-Session-Id, if it keeps sessions. */
  sessionId: string | undefined
  /** HTTP+SSE: the open stream. */
  channel: LegacySseChannel | undefined
}

const ACCEPT = 'application/json, text/event-stream'
export const POST_HEADERS = { 'content-type': 'application/json', accept: ACCEPT }

/** Opens whatever the upstream calls a session. @throws AppError upstream.* that says which hop failed. */
export async function negotiate(egress: Egress, target: UpstreamTarget): Promise<Negotiated> {
  const opened = target.open()
  const known = target.verdict
  if (known?.era === 'session') {
    const again = await reopen(egress, target, opened, known).catch((error: unknown) => {
      // The server may have moved on since: ask it afresh, unless it could not be asked at all.
      if (isAppError(error) && (error.code === 'upstream.not_mcp' || error.code === 'upstream.no_common_revision')) return undefined
      throw error
    })
    if (again) return again
  }
  return (await discover(egress, opened)) ?? (await initialize(egress, opened)) ?? (await initializeOverSse(egress, target))
}

async function reopen(egress: Egress, target: UpstreamTarget, opened: OpenedTarget, known: ProtocolVerdict & { era: 'session' }): Promise<Negotiated> {
  if (known.transport === 'sse') return initializeOverSse(egress, target)
  return (await initialize(egress, opened)) ?? (await initializeOverSse(egress, target))
}

/** `undefined`: nothing says that this server knows the stateless revision. */
async function discover(egress: Egress, opened: OpenedTarget): Promise<Negotiated | undefined> {
  let reply = await askToDiscover(egress, opened)
  // It names our revision as one that it speaks, and yet it did not want it: the specification has us ask again, once.
  if (offersOurRevision(reply)) reply = await askToDiscover(egress, opened)
  if (reply.status === 401 || reply.status === 403) throw failedReply(reply.status, reply.headers)
  const result = reply.status === 200 ? objectMember(reply.message, 'result') : undefined
  const versions = result?.supportedVersions
  if (!result || !Array.isArray(versions) || !versions.includes(STATELESS_REVISION)) return undefined
  const meta = objectMember(result, '_meta')
  return {
    verdict: { era: 'stateless' },
    protocolVersion: STATELESS_REVISION,
    serverInfo: meta && objectMember(meta, 'io.modelcontextprotocol/serverInfo'),
    capabilities: objectMember(result, 'capabilities') ?? {},
    instructions: typeof result.instructions === 'string' ? result.instructions : undefined,
    sessionId: undefined,
    channel: undefined,
  }
}

const DISCOVER = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'server/discover', params: { _meta: OUR_ENVELOPE } }))

/** A stateless server's introduction, which changes nothing there. */
export const askToDiscover = (egress: Egress, opened: OpenedTarget): Promise<CollectedReply> =>
  collectReply(egress, { opened, headers: { ...POST_HEADERS, ...routingHeaders('server/discover') }, body: DISCOVER, id: 0 })

/** MCP 2026-07-28 basic/versioning, UnsupportedProtocolVersionError. */
const UNSUPPORTED_REVISION = -32022

function offersOurRevision({ status, message }: CollectedReply): boolean {
  const error = status === 400 ? objectMember(message, 'error') : undefined
  const supported = error?.code === UNSUPPORTED_REVISION ? objectMember(error, 'data')?.supported : undefined
  return Array.isArray(supported) && supported.includes(STATELESS_REVISION)
}

export const INITIALIZE_PARAMS = { protocolVersion: LATEST_SESSION_REVISION, capabilities: {}, clientInfo: PRODUCT }
const initializeMessage = () => Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 0, method: 'initialize', params: INITIALIZE_PARAMS }))
export const INITIALIZED = Buffer.from('{"jsonrpc":"2.0","method":"notifications/initialized"}')

/** `undefined`: this URL does not speak Streamable HTTP, but may speak HTTP+SSE. */
async function initialize(egress: Egress, opened: OpenedTarget): Promise<Negotiated | undefined> {
  const reply = await collectReply(egress, { opened, headers: POST_HEADERS, body: initializeMessage(), id: 0 })
  if (reply.status === 400 || reply.status === 404 || reply.status === 405) return undefined
  const identity = identityFrom(reply)
  const sessionId = typeof reply.headers['mcp-session-id'] === 'string' ? reply.headers['mcp-session-id'] : undefined
  await collectReply(egress, {
    opened,
    headers: { ...POST_HEADERS, 'mcp-protocol-version': identity.protocolVersion, ...(sessionId !== undefined && { 'mcp-session-id': sessionId }) },
    body: INITIALIZED,
  })
  return { ...identity, verdict: { era: 'session', transport: 'streamable-http' }, sessionId, channel: undefined }
}

async function initializeOverSse(egress: Egress, target: UpstreamTarget): Promise<Negotiated> {
  const channel = await LegacySseChannel.open(egress, target)
  try {
    const message = await channel.request(0, initializeMessage())
    const identity = identityOf(message)
    await channel.send(INITIALIZED)
    return { ...identity, verdict: { era: 'session', transport: 'sse' }, sessionId: undefined, channel }
  } catch (error) {
    channel.close()
    throw error
  }
}

function identityFrom(reply: CollectedReply): UpstreamIdentity {
  if (reply.status === 401 || reply.status === 403 || reply.status === 429) throw failedReply(reply.status, reply.headers)
  if (reply.status >= 300 || reply.status < 200) throw notAnMcpServer(reply.status)
  if (!reply.message) throw invalidResponse('something that is not a JSON-RPC message')
  return identityOf(reply.message)
}

function identityOf(message: Record<string, unknown>): UpstreamIdentity {
  const result = objectMember(message, 'result')
  if (!result) throw objectMember(message, 'error') ? noCommonRevision() : invalidResponse('an initialize result that is empty')
  const protocolVersion = result.protocolVersion
  if (typeof protocolVersion !== 'string') throw invalidResponse('an initialize result without protocolVersion')
  if (!SESSION_REVISIONS.has(protocolVersion)) throw noCommonRevision()
  return {
    protocolVersion,
    serverInfo: objectMember(result, 'serverInfo'),
    capabilities: objectMember(result, 'capabilities') ?? {},
    instructions: typeof result.instructions === 'string' ? result.instructions : undefined,
  }
}

const objectMember = (value: Record<string, unknown> | undefined, key: string): Record<string, unknown> | undefined => {
  const member = value?.[key]
  return typeof member === 'object' && member !== null && !Array.isArray(member) ? (member as Record<string, unknown>) : undefined
}
