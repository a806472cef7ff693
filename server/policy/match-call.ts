// The members of a constraint that look at messages.
import { hasOwn, isJsonObject } from './json-value.ts'
import type { Limit } from './limit.ts'
import { findMethod } from './mcp-methods.ts'
import type { Effort } from './pattern.ts'
import type { CallFacts } from './permission.ts'
import type { CompiledConstraint } from './policy-block.ts'

/** `undefined`: it allows the call. */
export function refuseCall(constraint: CompiledConstraint, call: CallFacts | undefined, effort: Effort): Limit | undefined {
  if (!call) return 'calls'
  const { method } = call
  if (method === undefined) return constraint.methods?.has(call.answers ?? '') ? undefined : 'methods'
  if (findMethod(method)?.role === 'lifecycle') return undefined
  if (!allowsMethod(constraint, method)) return 'methods'
  if (!matchesMessage(constraint, call, effort)) return 'rpcReqMatch'
  return method === 'tools/call' ? refuseTool(constraint, call, effort) : undefined
}

function allowsMethod({ methods, tools, readOnly, arguments: limits, rpcReqMatch }: CompiledConstraint, method: string): boolean {
  if (methods) return methods.has(method)
  if (rpcReqMatch && !rpcReqMatch.some(({ path }) => path[0] === 'method')) return method === 'tools/call'
  if (tools || readOnly || limits) return method === 'tools/call' || method === 'tools/list'
  return findMethod(method) !== undefined
}

function matchesMessage({ rpcReqMatch }: CompiledConstraint, call: CallFacts, effort: Effort): boolean {
  if (!rpcReqMatch) return true
  return rpcReqMatch.every(({ path, pattern }) => {
    if (call.anyArguments && path[0] === 'params' && path[1] !== 'name') return true
    const text = textAt(call, path)
    return text !== undefined && pattern.matches(text, effort)
  })
}

/** Texts only: a number has several spellings. */
function textAt({ method, params }: CallFacts, path: readonly string[]): string | undefined {
  let value: unknown = { method, params }
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return typeof value === 'string' ? value : undefined
}

function refuseTool({ tools, readOnly, arguments: limits }: CompiledConstraint, call: CallFacts, effort: Effort): Limit | undefined {
  const tool = call.params?.name
  if (typeof tool !== 'string') return tools || readOnly || limits ? 'tools' : undefined
  if (tools && !tools.some((covers) => covers(tool))) return 'tools'
  if (readOnly && !call.isReadOnly?.(tool)) return 'readOnly'
  if (!limits) return undefined
  const own = limits.filter(({ covers }) => covers(tool))
  if (own.length === 0) return 'arguments'
  if (call.anyArguments) return undefined
  // Absent is empty (MCP tools §calling tools); anything but an object is neither.
  const given = call.params && hasOwn(call.params, 'arguments') ? call.params.arguments : {}
  return isJsonObject(given) && own.every(({ accepts }) => accepts(given, effort)) ? undefined : 'arguments'
}
