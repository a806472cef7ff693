// Text sealed for strangers to carry: nonce, ciphertext and tag (AES-256-GCM) as base64url. What a value is for, and under
// which key, is the associated data's business.
import { createCipheriv, createDecipheriv } from 'node:crypto'

export const IV_BYTES = 12
const TAG_BYTES = 16

export interface SealedTextKey {
  key: Buffer
  associatedData: string
}

export function sealText({ key, associatedData }: SealedTextKey, iv: Buffer, plaintext: string): string {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(associatedData))
  return Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

/** `undefined` for whatever was not sealed with this key and associated data. */
export function openText({ key, associatedData }: SealedTextKey, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  // base64url is malleable; one value has one spelling.
  if (bytes.length <= IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== sealed) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(associatedData))
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
