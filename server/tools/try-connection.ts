// What a connection would be, before it is one: the same checks, the same way out and the same questions
// as for a new connection, and nothing of it is stored.
import { createConnectionInput } from '../connections/connection-input.ts'
import { readMcpUrl } from '../connections/mcp-url.ts'
import { probeUpstream } from '../connections/probe-upstream.ts'
import { shownText } from '../connections/shown-text.ts'
import type { Context } from '../context/context.ts'
import { toAppError } from '../lib/app-error.ts'
import { newId } from '../lib/ids.ts'
import { SECOND_MS } from '../lib/units.ts'
import type { UpstreamTarget } from '../mcp/upstream-target.ts'
import { requireNamespace } from '../namespaces/namespaces.ts'
import { principalOf } from '../policy/actor.ts'
import { askUpstream } from './ask-upstream.ts'
import type { ToolSummary, TriedConnection } from './tried-connection.ts'

export const tryConnectionInput = createConnectionInput.pick({ mcpUrl: true, headers: true })

export interface TryConnectionInput {
  namespace: string
  mcpUrl: string
  headers?: Record<string, string> | undefined
}

const MAX_TOOLS = 200
const TOOLS_TIMEOUT_MS = 15 * SECOND_MS
const MAX_DESCRIPTION = 1000

/** @throws namespace.not_found, policy.forbidden, input.invalid; what the server does wrong is its status */
export async function tryConnection(context: Context, input: TryConnectionInput): Promise<TriedConnection> {
  await requireNamespace(context, { name: input.namespace, operation: 'write', resource: 'connections', connection: 'some' })
  const target = temporaryTarget(context, input)
  try {
    const { status, serverInfo } = await probeUpstream(context, target, principalOf(context.actor))
    const tools = status.state === 'connected' ? await findTools(context, target) : undefined
    return { status, ...(serverInfo && { serverInfo }), ...(tools && { tools }) }
  } finally {
    context.pool.dropConnection(target.connectionUid)
  }
}

/** Under a uid that no row has, so that nothing is shared with a connection. */
function temporaryTarget(context: Context, { mcpUrl, headers = {} }: TryConnectionInput): UpstreamTarget {
  const { url } = readMcpUrl(mcpUrl, context.egress)
  return {
    connectionUid: newId('try'),
    revision: '1',
    sessions: 'shared',
    verdict: undefined,
    open: () => ({ url, headers: { ...headers } }),
  }
}

/** `undefined`: it has none, or does not tell them in time. It is a connection all the same. */
async function findTools(context: Context, target: UpstreamTarget): Promise<ToolSummary[] | undefined> {
  try {
    const signal = AbortSignal.timeout(TOOLS_TIMEOUT_MS)
    const { tools } = await askUpstream(context, target, { method: 'tools/list', params: {}, signal })
    return Array.isArray(tools) ? tools.slice(0, MAX_TOOLS).flatMap(summaryOf) : undefined
  } catch (error) {
    const failure = toAppError(error)
    context.log.info('the tools of a server on trial could not be listed', { code: failure.code, error: failure })
    return undefined
  }
}

function summaryOf(tool: unknown): ToolSummary[] {
  if (typeof tool !== 'object' || tool === null) return []
  const { name, title, description } = tool as Record<string, unknown>
  const shownName = shownText(name)
  if (shownName === undefined) return []
  const shownTitle = shownText(title)
  const shownDescription = shownText(description, MAX_DESCRIPTION)
  return [
    { name: shownName, ...(shownTitle !== undefined && { title: shownTitle }), ...(shownDescription !== undefined && { description: shownDescription }) },
  ]
}
