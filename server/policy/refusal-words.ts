// Why a limited actor may not do something, for whoever owns it: whose limit says no, and which. Only names: what is in the
// members of a policy is for whoever may read it.
import type { LimitedActor } from './actor.ts'
import type { Limit } from './limit.ts'
import type { PermissionRequest } from './permission.ts'

/** A block without a grant for the request, and which limit of each of its grants said no. */
export interface Refusal {
  block: number
  limits: readonly Limit[]
}

export const refusalInWords = (actor: LimitedActor, request: PermissionRequest, refusals: readonly Refusal[]): string =>
  refusals.map(({ block, limits }) => `${nameOfBlock(actor, block)} ${inWords(limits, request)}`).join('; ')

/** In the order of `blocksOf`. */
function nameOfBlock(actor: LimitedActor, index: number): string {
  if (actor.kind === 'api_key') return 'what the key is limited to'
  const ofMinter = actor.minter.kind === 'api_key' && actor.minter.limits ? 1 : 0
  if (index < ofMinter) return 'what the key that minted the token is limited to'
  const narrowing = index - ofMinter
  if (narrowing === 0) return 'what the token is for'
  const narrowings = actor.blocks.length - 1
  return narrowings === 1 ? 'what the token was narrowed to' : `what the token was narrowed to (${narrowing} of ${narrowings})`
}

function inWords(limits: readonly Limit[], request: PermissionRequest): string {
  const words = limits.map((limit) => `${phraseOf(limit, request)} (${limit})`)
  return words.length === 1 ? words[0]! : `has no grant for it: ${words.map((each, index) => `grant ${index + 1} ${each}`).join(', ')}`
}

function phraseOf(limit: Limit, { operation, resource }: PermissionRequest): string {
  if (limit === 'resources') return `does not cover ${resource}`
  if (limit === 'operations') return `does not cover the operation ${operation}`
  return phrases[limit]
}

const phrases: Readonly<Record<Exclude<Limit, 'resources' | 'operations'>, string>> = {
  namespaces: 'does not cover this namespace',
  metadata: 'does not cover a connection with this metadata',
  result: 'does not cover the connection as it would be afterwards',
  origins: 'covers nothing but web pages of certain origins',
  calls: 'looks at calls, and none is named',
  methods: 'does not cover this method',
  rpcReqMatch: 'has a pattern that the message does not match',
  tools: 'does not cover this tool',
  readOnly: 'covers only tools that said, when it was minted, that they only read',
  arguments: 'does not cover these arguments',
}
