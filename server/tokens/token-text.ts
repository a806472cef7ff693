// How a service token is spelt: `plugt_`, its blocks, its signature. The format is described for everybody who holds
// one in public/docs/service-token-format.md. Pure: nothing here knows a key or a clock.
import { isUtf8 } from 'node:buffer'
import { KIB } from '../lib/units.ts'

export const TOKEN_PREFIX = 'plugt_'
export const MAX_TOKEN_LENGTH = 4 * KIB
export const MAX_BLOCKS = 8
export const SIGNATURE_BYTES = 32

export interface TokenParts {
  /** JSON, as it was signed: the first is the root's, each further one narrows. */
  blocks: readonly string[]
  signature: Buffer
}

export const looksLikeToken = (text: string): boolean => text.startsWith(TOKEN_PREFIX)

/** `undefined` if that would be more than a token may hold. */
export function writeToken({ blocks, signature }: TokenParts): string | undefined {
  if (blocks.length === 0 || blocks.length > MAX_BLOCKS) return undefined
  const text = TOKEN_PREFIX + [...blocks.map((block) => Buffer.from(block)), signature].map((part) => part.toString('base64url')).join('.')
  return text.length > MAX_TOKEN_LENGTH ? undefined : text
}

/** `undefined` for whatever is not spelt like a token; says nothing of who wrote it. */
export function readToken(text: string): TokenParts | undefined {
  if (text.length > MAX_TOKEN_LENGTH || !looksLikeToken(text)) return undefined
  const parts = text.slice(TOKEN_PREFIX.length).split('.', MAX_BLOCKS + 2)
  if (parts.length < 2 || parts.length > MAX_BLOCKS + 1) return undefined
  const blocks: string[] = []
  for (const part of parts.slice(0, -1)) {
    const bytes = decodePart(part)
    if (!bytes || !isUtf8(bytes)) return undefined
    blocks.push(bytes.toString('utf8'))
  }
  const signature = decodePart(parts.at(-1)!)
  return signature?.length === SIGNATURE_BYTES ? { blocks, signature } : undefined
}

/** base64url is malleable (RFC 4648 §3.5): one value has one spelling here, or a revoked token would have others. */
function decodePart(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url')
  return bytes.length > 0 && bytes.toString('base64url') === part ? bytes : undefined
}
