// A policy made ready for deciding: patterns and globs are compiled when a token is verified, not when it is used.
import { compileArgumentSchema, type ArgumentCheck } from './argument-schema.ts'
import type { Constraint, Delegable } from './constraint.ts'
import { compileGlob } from './glob.ts'
import { compilePattern, type Pattern } from './pattern.ts'
import type { Operation } from './permission.ts'

/** Constraints of which one is enough; blocks are held against a request all of them. */
export interface PolicyBlock {
  readonly constraints: readonly CompiledConstraint[]
  /** As they were given: to be explained, and kept for what acts later on this actor's behalf. */
  readonly source: readonly Constraint[]
  /** Names this statement of the limits, wherever it was copied to: what budgets are counted under. */
  readonly hash: string
}

/** All of these in order. */
export type MetadataPairs = readonly (readonly [key: string, value: string])[]

export interface CompiledConstraint {
  readonly namespaces: ReadonlySet<string> | undefined
  readonly resources: ReadonlySet<Delegable> | undefined
  readonly operations: ReadonlySet<Operation> | undefined
  /** Alternatives. */
  readonly metadata: readonly MetadataPairs[] | undefined
  readonly rpcReqMatch: readonly { path: readonly string[]; pattern: Pattern }[] | undefined
  readonly methods: ReadonlySet<string> | undefined
  readonly tools: readonly ((tool: string) => boolean)[] | undefined
  readonly readOnly: boolean
  readonly arguments: readonly { covers: (tool: string) => boolean; accepts: ArgumentCheck }[] | undefined
  readonly origins: ReadonlySet<string> | undefined
  readonly calls: number | undefined
  /** It looks at messages, not only at whom they are for. */
  readonly limitsCalls: boolean
}

const setOf = <Item>(items: readonly Item[] | undefined): ReadonlySet<Item> | undefined => items && new Set(items)

/** Of parsed constraints, at least one. `hash`: of the signed block that states them. */
export const compileBlock = (source: readonly Constraint[], hash: string): PolicyBlock => ({ constraints: source.map(compileConstraint), source, hash })

function compileConstraint(constraint: Constraint): CompiledConstraint {
  const { rpcReqMatch, methods, tools, readOnly = false, arguments: limits, calls } = constraint
  return {
    namespaces: setOf(constraint.namespaces),
    resources: setOf(constraint.resources),
    operations: setOf(constraint.operations),
    metadata: constraint.metadata?.map((alternative) => Object.entries(alternative)),
    rpcReqMatch: rpcReqMatch && Object.entries(rpcReqMatch).map(([path, source]) => ({ path: path.split('.'), pattern: patternOf(source) })),
    methods: setOf(methods),
    tools: tools?.map(compileGlob),
    readOnly,
    arguments: limits && Object.entries(limits).map(([tool, schema]) => ({ covers: compileGlob(tool), accepts: compileArgumentSchema(schema) })),
    origins: setOf(constraint.origins),
    calls,
    limitsCalls: readOnly || [rpcReqMatch, methods, tools, limits, calls].some((limit) => limit !== undefined),
  }
}

/** The grammar let it pass. What it would not compile now matches nothing. */
const patternOf = (source: string): Pattern => compilePattern(source) ?? { matches: () => false }
