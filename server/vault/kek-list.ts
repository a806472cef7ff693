// Reads `id:base64` entries, one a line or separated by commas, and refuses keys that nobody drew
// at random. The messages never quote an entry: it may be the key.
import { kekRefused } from './vault-errors.ts'

export interface NamedBytes {
  label: string
  bytes: Buffer
}

/** Marks a key that Plugboard made for development; it travels with copies of the file. */
export const GENERATED_LABEL = 'generated'

const KEY_BYTES = 32

/** @throws vault.kek_missing, kek_malformed, kek_weak, kek_duplicate */
export function parseKekList(text: string, source: string): NamedBytes[] {
  const entries = text.split(/[\n,]/).map((entry) => entry.trim()).filter((entry) => entry !== '')
  if (entries.length === 0) throw kekRefused('missing', `${source} holds no key: put 32 random bytes in base64 there.`)
  const keys = entries.map((entry, index) => parseEntry(entry, `${source}, entry ${index + 1}`, `k${index + 1}`))
  if (new Set(keys.map((key) => key.label)).size < keys.length) throw kekRefused('duplicate', `${source} uses an id twice.`)
  return keys
}

function parseEntry(entry: string, place: string, defaultLabel: string): NamedBytes {
  const [, label = defaultLabel, base64 = ''] = /^(?:([A-Za-z0-9_-]{1,32}):)?([A-Za-z0-9+/_-]+={0,2})$/.exec(entry) ?? []
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length !== KEY_BYTES || bytes.toString('base64url') !== base64.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'))
    throw kekRefused('malformed', `${place}: an encryption key is exactly 32 bytes in base64, alone or as id:base64.`)
  if (looksMadeUp(bytes))
    throw kekRefused('weak', `${place}: this key looks like an example or a passphrase. Use 32 random bytes: openssl rand -base64 32`)
  return { label, bytes }
}

/** Zero, repeated, counted or typed bytes. A random key fails one of these less than once in 10^12. */
function looksMadeUp(bytes: Buffer): boolean {
  const fewDistinct = new Set(bytes).size < 16
  const step = (index: number) => (bytes[index]! - bytes[index - 1]! + 256) % 256
  const counted = Array.from(bytes.keys()).slice(2).every((index) => step(index) === step(1))
  const typed = bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
  return fewDistinct || counted || typed
}
