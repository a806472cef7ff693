// The grammar of a policy: what a token or a key is limited to. Members of a constraint are AND, elements of a list
// are OR, constraints of a policy are OR. What is left out is not limited; what is not understood is no policy.
import { z } from 'zod'
import { inputProblem } from '../lib/input-problem.ts'
import { isDeeperThan } from '../lib/json-depth.ts'
import { compileArgumentSchema, SchemaRefused, type ArgumentSchema } from './argument-schema.ts'
import { isJsonObject } from './json-value.ts'
import { isKnownMethod } from './mcp-methods.ts'
import { compilePattern } from './pattern.ts'
import type { Operation } from './permission.ts'
import { policyInvalid } from './policy-errors.ts'

/** What can be lent. `servers` and `skills` are words of the dialect for things that are not kept here. */
export const DELEGABLE = ['connections', 'servers', 'namespaces', 'skills'] as const
export type Delegable = (typeof DELEGABLE)[number]

/** As it is signed into tokens: every list is one. */
export interface Constraint {
  namespaces?: string[]
  resources?: Delegable[]
  operations?: Operation[]
  /** Each element: all of its pairs. */
  metadata?: Record<string, string>[]
  /** By path into the message: the pattern of a whole text. */
  rpcReqMatch?: Record<string, string>
  methods?: string[]
  tools?: string[]
  readOnly?: true
  /** By glob over the tool's name. */
  arguments?: Record<string, ArgumentSchema>
  origins?: string[]
  calls?: number
}

const MAX_LIST = 100
const MAX_DEPTH = 40
const MAX_PATH = 200

/** One or several. */
function listOf<Item extends z.ZodType<string>>(item: Item) {
  return z.union([item, z.array(item).min(1, 'may not be empty; leave it out for no limit').max(MAX_LIST)])
}

/** Handed on as it was parsed: a copy could lose members with unusual names, and a limit with them. */
function membersOf<Member>(problemOf: (value: unknown, name: string) => string | undefined, description: z.GlobalMeta) {
  return z
    .custom<Record<string, Member>>(isJsonObject, 'must be an object')
    .superRefine((members, context) => {
      const entries = Object.entries(members)
      if (entries.length === 0) context.addIssue({ code: 'custom', message: 'names nothing; leave it out for no limit' })
      for (const [name, value] of entries) {
        const problem = problemOf(value, name)
        if (problem !== undefined) context.addIssue({ code: 'custom', path: [name], message: problem })
      }
    })
    .meta(description)
}

const texts = { type: 'object', additionalProperties: { type: 'string' } } as const

const pairs = membersOf<string>((value) => (typeof value === 'string' ? undefined : 'must be a string'), texts)

const messagePatterns = membersOf<string>(
  (value, path) => {
    if (path.length > MAX_PATH || !/^(method|params(\.[^.]+)+)$/.test(path)) return 'must be "method" or a path below "params", such as "params.name"'
    return typeof value === 'string' && compilePattern(value) ? undefined : 'is not a pattern in RE2 syntax, or too large'
  },
  { ...texts, description: 'By path into the JSON-RPC message: a pattern (RE2) that the whole text there must match.' },
)

const argumentLimits = membersOf<ArgumentSchema>(
  (value) => {
    try {
      compileArgumentSchema(value)
      return undefined
    } catch (error) {
      if (error instanceof SchemaRefused) return [error.path.join('.'), error.message].filter((part) => part !== '').join(' ')
      throw error
    }
  },
  {
    type: 'object',
    additionalProperties: { type: 'object' },
    description: 'By tool (* for any characters): what its arguments must be like. type, const, enum, properties, required, additionalProperties (false by default), items and bounds of JSON Schema; pattern in RE2 syntax for the whole text.',
  },
)

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text

/** What a client may send, scalars included; whoever mints adds how long it lasts. */
export const constraintInput = z.strictObject({
  namespaces: listOf(z.string().min(1).max(100)).optional(),
  resources: listOf(z.enum(DELEGABLE)).optional(),
  operations: listOf(z.enum(['read', 'write', 'execute'])).optional(),
  metadata: z.union([pairs, z.array(pairs).min(1).max(MAX_LIST)]).optional(),
  rpcReqMatch: messagePatterns.optional(),
  methods: listOf(z.string().refine(isKnownMethod, 'is not a method of MCP')).optional(),
  tools: listOf(z.string().min(1).max(200)).optional().describe('Names of tools; * stands for any characters.'),
  readOnly: z.literal(true).optional().describe('Tools that said, when this was minted, that they change nothing, and still say the same.'),
  arguments: argumentLimits.optional(),
  origins: listOf(z.string().max(300).refine(isOrigin, 'must be an origin, such as https://app.example')).optional(),
  calls: z.int().min(1).max(1_000_000_000).optional().describe('How many calls may be made in all, by everybody who holds this or what was narrowed from it.'),
})

export const policyInput = z.array(constraintInput).min(1, 'must name at least one grant; leave policy out for all that you may do').max(MAX_LIST)

const asList = <Item extends string | object>(value: Item | Item[] | undefined): Item[] | undefined =>
  value === undefined || Array.isArray(value) ? value : [value]

export function normaliseConstraint(input: z.output<typeof constraintInput>): Constraint {
  const { namespaces, resources, operations, metadata, methods, tools, origins, ...rest } = input
  const lists = {
    namespaces: asList(namespaces),
    resources: asList(resources),
    operations: asList(operations),
    metadata: asList(metadata),
    methods: asList(methods),
    tools: asList(tools),
    origins: asList(origins),
  }
  return Object.fromEntries(Object.entries({ ...lists, ...rest }).filter(([, value]) => value !== undefined)) as Constraint
}

/** Made once: tokens are read with it, and making a schema costs more than using it. */
const normalisedPolicy = z.array(constraintInput.transform(normaliseConstraint)).min(1).max(MAX_LIST)

function readPolicy(input: unknown): z.ZodSafeParseResult<Constraint[]> {
  // Before the checks that descend into it: they would run out of stack.
  if (isDeeperThan(MAX_DEPTH, input)) return z.never(`nests deeper than ${MAX_DEPTH} levels`).safeParse(input)
  return normalisedPolicy.safeParse(input)
}

/** What a client sent. @throws policy.invalid, which names the member that is wrong. */
export function parsePolicy(input: unknown): Constraint[] {
  const parsed = readPolicy(input)
  if (parsed.success) return parsed.data
  const { message, details } = inputProblem(parsed.error, input)
  const field = String(details?.field)
  throw policyInvalid(field === 'body' ? 'policy' : `policy.${field}`, message.slice(field.length + 2))
}

/** What a token carries, which was signed but not necessarily by this version: `undefined` grants nothing. */
export function readStoredPolicy(json: unknown): Constraint[] | undefined {
  const parsed = readPolicy(json)
  return parsed.success ? parsed.data : undefined
}
