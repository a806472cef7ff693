// The signatures of a token. Each block is signed with the signature before it as the key (HMAC-SHA256, RFC 2104), so
// whoever holds a token can add a block, and nobody can take one away: the key for that is gone.
import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import { lengthPrefixed } from '../vault/associated-data.ts'
import { readNarrowingBlock, readRootBlock, writeNarrowingBlock, writeRootBlock, type NarrowingBlock, type RootBlock } from './token-blocks.ts'
import { MAX_BLOCKS, readToken, writeToken } from './token-text.ts'

const LABEL = 'plugboard-token-v1'

/** The root's name stands before the block: one key signs for all organizations. */
const signRoot = (key: Buffer, { organizationId, id }: RootBlock, block: string): Buffer =>
  createHmac('sha256', key).update(LABEL).update(lengthPrefixed([organizationId, id, block])).digest()

const signNext = (signature: Buffer, block: string): Buffer => createHmac('sha256', signature).update(lengthPrefixed([block])).digest()

/** What revocations are known by: it says nothing of the signature, which is the secret of a token. */
export const hashOfSignature = (signature: Buffer): string => hash('sha256', signature, 'base64url')

/** `undefined` if the policy is too long for a token. */
export function signToken(key: Buffer, root: RootBlock): { token: string; signatureHash: string } | undefined {
  const block = writeRootBlock(root)
  const signature = signRoot(key, root, block)
  const token = writeToken({ blocks: [block], signature })
  return token === undefined ? undefined : { token, signatureHash: hashOfSignature(signature) }
}

/** Needs no key: what the server does for whoever asks is what the holder can do alone. `undefined` if it gets too long. */
export function narrowToken(token: string, narrowing: NarrowingBlock): string | undefined {
  const parts = readToken(token)
  if (!parts || parts.blocks.length >= MAX_BLOCKS) return undefined
  const block = writeNarrowingBlock(narrowing)
  return writeToken({ blocks: [...parts.blocks, block], signature: signNext(parts.signature, block) })
}

export interface VerifiedToken {
  root: RootBlock
  narrowings: readonly NarrowingBlock[]
  /** Of the token itself last, and before it of all that it was narrowed from. */
  signatureHashes: readonly string[]
  /** The earliest of all blocks. */
  expiresAtMs: number
}

/** Whether it was signed by us, whatever time it is. `undefined` for everything else; never throws. */
export function verifyToken(token: string, findKey: (keyId: string) => Buffer | undefined): VerifiedToken | undefined {
  const parts = readToken(token)
  const root = parts && readRootBlock(parts.blocks[0]!)
  const key = root && findKey(root.keyId)
  if (!key) return undefined
  const [first, ...rest] = parts.blocks
  const signatures = [signRoot(key, root, first!)]
  for (const block of rest) signatures.push(signNext(signatures.at(-1)!, block))
  if (!timingSafeEqual(signatures.at(-1)!, parts.signature)) return undefined
  const narrowings: NarrowingBlock[] = []
  let { expiresAtMs } = root
  for (const block of rest) {
    const narrowing = readNarrowingBlock(block)
    if (!narrowing) return undefined
    narrowings.push(narrowing)
    expiresAtMs = Math.min(expiresAtMs, narrowing.expiresAtMs ?? expiresAtMs)
  }
  return { root, narrowings, signatureHashes: signatures.map(hashOfSignature), expiresAtMs }
}
