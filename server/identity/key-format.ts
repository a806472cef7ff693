// What an API key looks like: `plug_`, 43 base62 characters (256 bits), 6 of checksum. The checksum
// lets garbage be refused without a look at the database, and lets secret scanners be sure.
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { randomBase62 } from '../lib/ids.ts'

export const KEY_PREFIX = 'plug_'
const SECRET_LENGTH = 43
const CHECKSUM_LENGTH = 6
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export const generateKey = (): string => {
  const secret = randomBase62(SECRET_LENGTH)
  return KEY_PREFIX + secret + checksumOf(secret)
}

/** Whether this could be a key that we issued. */
export function isWellFormedKey(text: string): boolean {
  if (!text.startsWith(KEY_PREFIX) || text.length !== KEY_PREFIX.length + SECRET_LENGTH + CHECKSUM_LENGTH) return false
  const secret = text.slice(KEY_PREFIX.length, -CHECKSUM_LENGTH)
  return checksumOf(secret) === text.slice(-CHECKSUM_LENGTH)
}

/** SHA-256 in hex: what is stored and looked up. 256 random bits need no slow hash. */
export const digestOfKey = (key: string): string => createHash('sha256').update(key).digest('hex')

function checksumOf(secret: string): string {
  let rest = crc32(secret)
  let text = ''
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    text = BASE62[rest % 62]! + text
    rest = Math.floor(rest / 62)
  }
  return text
}
