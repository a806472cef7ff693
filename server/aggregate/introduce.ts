// How the endpoint of a namespace introduces itself.
import { PRODUCT } from '../lib/product.ts'
import { LATEST_SESSION_REVISION, SESSION_REVISIONS, STATELESS_REVISION } from '../mcp/protocol-revision.ts'

const CAPABILITIES = { tools: { listChanged: true }, resources: { listChanged: true }, prompts: { listChanged: true }, completions: {} }

const INSTRUCTIONS =
  'Tools and prompts of several connections, named connectionId.name. If something that should be here is missing, plugboard_connections says how each connection is and where a person signs in.'

const serverInfo = (namespace: string) => ({ ...PRODUCT, title: `Plugboard: ${namespace}` })

/** The result of `initialize`, for revisions that have it. */
export const initializeResult = (namespace: string, requestedRevision: unknown) => ({
  protocolVersion: typeof requestedRevision === 'string' && SESSION_REVISIONS.has(requestedRevision) ? requestedRevision : LATEST_SESSION_REVISION,
  capabilities: CAPABILITIES,
  serverInfo: serverInfo(namespace),
  instructions: INSTRUCTIONS,
})

/** The result of `server/discover` (MCP 2026-07-28). */
export const discoverResult = (namespace: string) => ({
  supportedVersions: [STATELESS_REVISION],
  capabilities: CAPABILITIES,
  instructions: INSTRUCTIONS,
  _meta: { 'io.modelcontextprotocol/serverInfo': serverInfo(namespace) },
})
