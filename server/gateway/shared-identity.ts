// How the gateway introduces an upstream to callers that have no session of their own with it.
import { LATEST_SESSION_REVISION, SESSION_REVISIONS, STATELESS_REVISION, type UpstreamIdentity } from '../mcp/protocol-revision.ts'
import { PRODUCT } from '../lib/product.ts'

/** What callers can use without a session: no subscriptions, no log levels, no tasks, no promises of notifications. */
function sharedCapabilities(capabilities: Record<string, unknown>): Record<string, unknown> {
  const shared: Record<string, unknown> = {}
  for (const kind of ['tools', 'resources', 'prompts', 'completions'] as const) if (capabilities[kind] !== undefined) shared[kind] = {}
  return shared
}

/** The result of `initialize`, for revisions that have it. */
export const initializeResult = (identity: UpstreamIdentity, requestedRevision: unknown) => ({
  protocolVersion: typeof requestedRevision === 'string' && SESSION_REVISIONS.has(requestedRevision) ? requestedRevision : LATEST_SESSION_REVISION,
  capabilities: sharedCapabilities(identity.capabilities),
  serverInfo: identity.serverInfo ?? PRODUCT,
  ...(identity.instructions !== undefined && { instructions: identity.instructions }),
})

/** The result of `server/discover` (MCP 2026-07-28). */
export const discoverResult = (identity: UpstreamIdentity) => ({
  resultType: 'complete',
  supportedVersions: [STATELESS_REVISION],
  capabilities: sharedCapabilities(identity.capabilities),
  ...(identity.instructions !== undefined && { instructions: identity.instructions }),
  ttlMs: 0,
  cacheScope: 'private',
  _meta: { 'io.modelcontextprotocol/serverInfo': identity.serverInfo ?? PRODUCT },
})
