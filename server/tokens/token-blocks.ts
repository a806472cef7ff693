// What the blocks of a token say. Strict: a member that is not known here may be a limit of a later version, so a token
// that has one is no token. Policies are read elsewhere, once the signature was found to be good.

export interface RootBlock {
  id: string
  organizationId: string
  /** Which of the house's keys signed it. */
  keyId: string
  issuedAtMs: number
  expiresAtMs: number
  /** Principal of the API key or member that minted it. */
  minter: string
  policy: unknown
  /** The one address it is for; anywhere, if there is none. */
  audience: string | undefined
}

export interface NarrowingBlock {
  policy?: unknown
  expiresAtMs?: number
}

const SECOND = 1000

/** In the order in which they are written. */
export const writeRootBlock = ({ id, organizationId, keyId, issuedAtMs, expiresAtMs, minter, policy, audience }: RootBlock): string =>
  JSON.stringify({ id, org: organizationId, kid: keyId, iat: issuedAtMs / SECOND, exp: expiresAtMs / SECOND, minter, policy, aud: audience })

export const writeNarrowingBlock = ({ policy, expiresAtMs }: NarrowingBlock): string =>
  JSON.stringify({ policy, exp: expiresAtMs === undefined ? undefined : expiresAtMs / SECOND })

const ROOT_MEMBERS: ReadonlySet<string> = new Set(['id', 'org', 'kid', 'iat', 'exp', 'minter', 'policy', 'aud'])
const NARROWING_MEMBERS: ReadonlySet<string> = new Set(['policy', 'exp'])

export function readRootBlock(text: string): RootBlock | undefined {
  const block = readMembers(text, ROOT_MEMBERS)
  if (!block) return undefined
  const { id, org, kid, iat, exp, minter, policy, aud } = block
  if (!isName(id) || !isName(org) || !isName(kid) || !isName(minter) || !isTime(iat) || !isTime(exp)) return undefined
  if (policy === undefined || (aud !== undefined && !isName(aud))) return undefined
  return { id, organizationId: org, keyId: kid, issuedAtMs: iat * SECOND, expiresAtMs: exp * SECOND, minter, policy, audience: aud }
}

export function readNarrowingBlock(text: string): NarrowingBlock | undefined {
  const block = readMembers(text, NARROWING_MEMBERS)
  if (!block || (block.exp !== undefined && !isTime(block.exp))) return undefined
  return { ...('policy' in block && { policy: block.policy }), ...(block.exp !== undefined && { expiresAtMs: block.exp * SECOND }) }
}

function readMembers(text: string, known: ReadonlySet<string>): Record<string, unknown> | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.keys(value).every((name) => known.has(name)) ? (value as Record<string, unknown>) : undefined
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** Whole seconds since the epoch, like a NumericDate (RFC 7519 §2) without fractions. */
const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 1e11
