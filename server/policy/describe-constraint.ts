// A constraint in words, for whoever holds it or handed it out.
import type { Constraint } from './constraint.ts'

const quote = (text: string) => JSON.stringify(text)
const list = (items: readonly string[]) => items.join(', ')
const anyOf = (items: readonly string[]) => items.join(' or ')

const pairsInWords = (pairs: Record<string, string>): string =>
  Object.entries(pairs).map(([key, value]) => `${key} is ${quote(value)}`).join(' and ')

/** One sentence without its subject: `read, execute connections; in the namespace shop`. */
export function describeConstraint(constraint: Constraint): string {
  const { namespaces, resources, operations, metadata, rpcReqMatch, methods, tools, readOnly, origins, calls } = constraint
  const limitsCalls = [rpcReqMatch, methods, tools, readOnly, constraint.arguments, calls].some((limit) => limit !== undefined)
  const parts = [
    // Who limits what may be called hardly means that the connection may be changed: `match-constraint.ts` says so, too.
    `${list(operations ?? (limitsCalls ? ['read', 'execute'] : ['read', 'write', 'execute']))} ${list(resources ?? ['connections'])}`,
    namespaces && `in the namespace ${anyOf(namespaces)}`,
    metadata && `whose ${metadata.map(pairsInWords).join(', or ')}`,
    tools && `tools named ${anyOf(tools)}`,
    readOnly && 'tools that only read',
    constraint.arguments && `with limited arguments for ${list(Object.keys(constraint.arguments))}`,
    methods && `methods ${list(methods)}`,
    ...Object.entries(rpcReqMatch ?? {}).map(([path, pattern]) => `messages whose ${path} is all ${quote(pattern)}`),
    origins && `shown by a page of ${anyOf(origins)}`,
    calls !== undefined && `${calls} calls in all`,
  ]
  return parts.filter((part) => typeof part === 'string').join('; ')
}
