// AES-256-GCM with a random 96-bit IV (NIST SP 800-38D §8.2.2), written as
// `v1.<key version>.<iv>.<ciphertext>.<tag>` in base64url. What fails to open fails alike, whatever
// the reason: the caller learns nothing from the difference.
import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto'
import { undecipherable } from './vault-errors.ts'

const IV_BYTES = 12
const TAG_BYTES = 16
/** Plaintexts are padded to this, so that the length of a secret says little about it. */
const BLOCK_BYTES = 64
// Node accepts a four-byte tag unless the length is given, and a short tag is a forgeable one.
const OPTIONS = { authTagLength: TAG_BYTES }

export function sealBytes(key: KeyObject, version: number, associatedData: Buffer, plaintext: Buffer): string {
  const iv = nextIv()
  const cipher = createCipheriv('aes-256-gcm', key, iv, OPTIONS)
  cipher.setAAD(associatedData)
  const padded = pad(plaintext)
  const ciphertext = cipher.update(padded)
  cipher.final()
  padded.fill(0)
  return `v1.${version}.${iv.toString('base64url')}.${ciphertext.toString('base64url')}.${cipher.getAuthTag().toString('base64url')}`
}

/** A sealed value taken apart once, for a value that is opened again and again. Nothing in it is secret. */
export interface SealedParts {
  iv: Buffer
  ciphertext: Buffer
  tag: Buffer
}

/** The plaintext in a buffer of its own, for the caller to wipe. */
export function openBytes(key: KeyObject, associatedData: Buffer, sealed: string): Buffer {
  const padded = openPadded(key, associatedData, parseSealed(sealed))
  return padded.subarray(0, endOfPlaintext(padded))
}

/** A text; the bytes that it was read from are wiped. */
export function openPlaintext(key: KeyObject, associatedData: Buffer, parts: SealedParts): string {
  const padded = openPadded(key, associatedData, parts)
  const text = padded.toString('utf8', 0, endOfPlaintext(padded))
  padded.fill(0)
  return text
}

function openPadded(key: KeyObject, associatedData: Buffer, { iv, ciphertext, tag }: SealedParts): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, iv, OPTIONS)
  decipher.setAAD(associatedData)
  decipher.setAuthTag(tag)
  const padded = decipher.update(ciphertext)
  try {
    decipher.final()
  } catch (cause) {
    padded.fill(0)
    throw undecipherable(cause)
  }
  return padded
}

/** Which version of its organization's key a value was sealed with; undefined if it is no sealed value. */
export function findSealedVersion(sealed: string): number | undefined {
  const version = /^v1\.([1-9][0-9]{0,8})\./.exec(sealed)?.[1]
  return version === undefined ? undefined : Number(version)
}

export function parseSealed(sealed: string): SealedParts {
  const [format, , iv, ciphertext, tag, ...rest] = sealed.split('.')
  if (format !== 'v1' || iv === undefined || ciphertext === undefined || tag === undefined || rest.length > 0) throw undecipherable()
  const parts = { iv: decode(iv), ciphertext: decode(ciphertext), tag: decode(tag) }
  const wholeBlocks = parts.ciphertext.length > 0 && parts.ciphertext.length % BLOCK_BYTES === 0
  if (parts.iv.length !== IV_BYTES || parts.tag.length !== TAG_BYTES || !wholeBlocks) throw undecipherable()
  return parts
}

/** base64url has several spellings of the same bytes and Node reads them all; only the one we write is ours. */
function decode(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw undecipherable()
  return bytes
}

/** A 1 bit and then zeros up to the block (ISO/IEC 9797-1 padding method 2). */
function pad(plaintext: Buffer): Buffer {
  const padded = Buffer.alloc((Math.floor(plaintext.length / BLOCK_BYTES) + 1) * BLOCK_BYTES)
  plaintext.copy(padded)
  padded[plaintext.length] = 0x80
  return padded
}

function endOfPlaintext(padded: Buffer): number {
  let end = padded.length - 1
  while (end >= 0 && padded[end] !== 0x80) end--
  if (end < 0) throw undecipherable()
  return end
}

// One call into the random source fills many IVs: asked for one by one they cost more than the cipher.
const ivPool = Buffer.alloc(IV_BYTES * 256)
let ivOffset = ivPool.length

function nextIv(): Buffer {
  if (ivOffset === ivPool.length) {
    randomFillSync(ivPool)
    ivOffset = 0
  }
  ivOffset += IV_BYTES
  return Buffer.from(ivPool.subarray(ivOffset - IV_BYTES, ivOffset))
}
