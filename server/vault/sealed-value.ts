// A value that only we can make and read, for strangers to carry: sealed under a derived key of its own use.
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type { DerivedKeyLabel } from './key-labels.ts'
import type { Vault } from './vault.ts'

const IV_BYTES = 12
const TAG_BYTES = 16
const MAX_LENGTH = 4096

/**
 * `keyId.base64url`, safe in a path. Equal values give equal texts, so that reading something twice shows the same link;
 * the nonce is a keyed hash of the plaintext, so no two plaintexts share one.
 */
export function sealValue(vault: Vault, label: DerivedKeyLabel, value: unknown): string {
  const { keyId, key } = vault.derivedKey(label)
  const plaintext = JSON.stringify(value)
  const iv = createHmac('sha256', key).update(`${label}.iv.${plaintext}`).digest().subarray(0, IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(`${label}.${keyId}`))
  const sealed = Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${keyId}.${sealed.toString('base64url')}`
}

/** `undefined` for whatever was not sealed here for this use. What it says still has to be judged. */
export function openValue(vault: Vault, label: DerivedKeyLabel, text: string): unknown {
  if (text.length > MAX_LENGTH) return undefined
  const [keyId, body, ...rest] = text.split('.')
  if (keyId === undefined || body === undefined || rest.length > 0) return undefined
  const key = vault.derivedKeyById(label, keyId)
  const bytes = Buffer.from(body, 'base64url')
  // base64url is malleable; one value has one spelling.
  if (!key || bytes.length <= IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== body) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(`${label}.${keyId}`))
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
    const plain = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
    return JSON.parse(plain.toString('utf8'))
  } catch {
    return undefined
  }
}
