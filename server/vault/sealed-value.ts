// A value that only we can make and read, for strangers to carry: sealed under a derived key of its own use.
import { createHmac } from 'node:crypto'
import type { DerivedKeyLabel } from './key-labels.ts'
import { IV_BYTES, openText, sealText } from './sealed-text.ts'
import type { Vault } from './vault.ts'

const MAX_LENGTH = 4096

/**
 * `keyId.base64url`, safe in a path. Equal values give equal texts, so that reading something twice shows the same link;
 * the nonce is a keyed hash of the plaintext, so no two plaintexts share one.
 */
export function sealValue(vault: Vault, label: DerivedKeyLabel, value: unknown): string {
  const { keyId, key } = vault.derivedKey(label)
  const plaintext = JSON.stringify(value)
  const iv = createHmac('sha256', key).update(`${label}.iv.${plaintext}`).digest().subarray(0, IV_BYTES)
  return `${keyId}.${sealText({ key, associatedData: `${label}.${keyId}` }, iv, plaintext)}`
}

/** `undefined` for whatever was not sealed here for this use. What it says still has to be judged. */
export function openValue(vault: Vault, label: DerivedKeyLabel, text: string): unknown {
  if (text.length > MAX_LENGTH) return undefined
  const [keyId, body, ...rest] = text.split('.')
  if (keyId === undefined || body === undefined || rest.length > 0) return undefined
  const key = vault.derivedKeyById(label, keyId)
  const plaintext = key && openText({ key, associatedData: `${label}.${keyId}` }, body)
  return plaintext === undefined ? undefined : JSON.parse(plaintext)
}
