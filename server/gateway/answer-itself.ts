// What the endpoint of a namespace answers without handing it on to one connection.
import { answerOwnTool } from '../aggregate/answer-own-tool.ts'
import { gather } from '../aggregate/gather.ts'
import { discoverResult, initializeResult } from '../aggregate/introduce.ts'
import { isListMethod, listKind, type ListMethod } from '../aggregate/list-kinds.ts'
import { isOwnTool, ownTools } from '../aggregate/own-tools.ts'
import type { PooledCall } from '../mcp/pooled-request.ts'
import type { AggregateCall } from './aggregate-call.ts'

type Result = Record<string, unknown>

/** `undefined`: it is for a connection, or for nobody. @throws aggregate.*, namespace.not_found, policy.forbidden, call.cancelled */
export async function answerItself(call: AggregateCall, { method, params }: PooledCall['message']): Promise<Result | undefined> {
  const { context, namespace, toolsMode, signal } = call
  if (method === 'initialize') return initializeResult(namespace, params?.protocolVersion)
  if (method === 'server/discover') return discoverResult(namespace)
  if (method === 'ping') return {}
  if (isListMethod(method)) return list(call, method, params?.cursor)
  const tool = method === 'tools/call' ? params?.name : undefined
  if (typeof tool !== 'string' || !isOwnTool(toolsMode, tool) || tool === 'call_tool') return undefined
  return answerOwnTool(context, { namespace, tool, arguments: params?.arguments, signal })
}

/** The endpoint's own tools come first. */
async function list({ context, namespace, toolsMode, signal }: AggregateCall, method: ListMethod, cursor: unknown): Promise<Result> {
  const own = method === 'tools/list' && cursor === undefined ? ownTools(toolsMode) : []
  if (method === 'tools/list' && toolsMode === 'search') return { tools: own }
  const { items, unavailable, nextCursor } = await gather(context, { namespace, method, cursor, signal })
  return {
    [listKind(method).member]: [...own, ...items],
    ...(nextCursor !== undefined && { nextCursor }),
    ...(unavailable.length > 0 && { _meta: { 'plugboard/unavailable': unavailable } }),
  }
}
