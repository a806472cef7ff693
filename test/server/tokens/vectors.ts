// The published test vectors, as a stranger would read them.
import { readFileSync } from 'node:fs'

interface Vectors {
  keys: Record<string, string>
  tokens: { what: string; token: string; blocks: Record<string, unknown>[]; signatureHashes: string[]; exp: number }[]
  refused: { what: string; token: string }[]
}

export const vectors = JSON.parse(readFileSync(new URL('../../../public/docs/service-token-vectors.json', import.meta.url), 'utf8')) as Vectors

export function findVectorKey(keyId: string): Buffer | undefined {
  const key = vectors.keys[keyId]
  return key === undefined ? undefined : Buffer.from(key, 'hex')
}
